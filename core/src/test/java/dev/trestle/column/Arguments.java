package dev.trestle.column;

import it.unimi.dsi.fastutil.booleans.BooleanIterable;
import it.unimi.dsi.fastutil.booleans.BooleanIterator;
import it.unimi.dsi.fastutil.booleans.BooleanList;
import it.unimi.dsi.fastutil.doubles.DoubleComparator;
import it.unimi.dsi.fastutil.doubles.DoubleComparators;
import it.unimi.dsi.fastutil.doubles.DoubleIterator;
import it.unimi.dsi.fastutil.doubles.DoubleList;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import tech.tablesaw.aggregate.AggregateFunction;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.aggregate.NumericAggregateFunction;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.CategoricalColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.AbstractColumnParser;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BooleanFormatter;
import tech.tablesaw.columns.dates.DateColumnFormatter;
import tech.tablesaw.columns.datetimes.DateTimeColumnFormatter;
import tech.tablesaw.columns.instant.InstantColumnFormatter;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import tech.tablesaw.columns.numbers.fillers.DoubleRangeIterable;
import tech.tablesaw.columns.strings.StringColumnFormatter;
import tech.tablesaw.columns.temporal.TemporalColumn;
import tech.tablesaw.filtering.predicates.BytePredicate;
import tech.tablesaw.filtering.predicates.IntBiPredicate;
import tech.tablesaw.filtering.predicates.LongBiPredicate;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.sorting.Sort;
import tech.tablesaw.table.Relation;

/**
 * Makes arguments for any public method of a column or a table: by the parameter's type, several
 * for each. The n-th is the same in every world.
 */
final class Arguments {
  private final World world;
  private final Object receiver;

  /** What consumers were given. */
  final List<Object> consumed = new ArrayList<>();

  Arguments(World world, Object receiver) {
    this.world = world;
    this.receiver = receiver;
  }

  /** The candidates for one parameter. */
  List<Object> of(Method method, Parameter parameter) {
    Class<?> type = parameter.getType();
    List<Object> own = special(method, parameter);
    if (own != null) {
      return own;
    }
    if (type.isArray()) {
      return arrays(method, type.getComponentType());
    }
    return switch (receiver) {
      case Table table when type == String.class ->
          list("string", "int", "boolean", "text", "nope");
      case Table table when type == int.class -> list(0, 1, 2, 6, -1, table.rowCount());
      case Table table when type == Function.class ->
          list(
              (Function<Table, Selection>) t -> t.stringColumn("string").isEqualTo("word1"),
              (Function<Table, Selection>) t -> t.intColumn("int").isMissing());
      case Table table when type == List.class && method.getName().equals("summarize") ->
          list(List.of("int", "double"));
      case Table table when type == Comparator.class ->
          list(Comparator.<Row, String>comparing(row -> row.getString("text")));
      default -> values(type);
    };
  }

  /** Where the type does not say enough. */
  private List<Object> special(Method method, Parameter parameter) {
    String name = method.getName();
    Class<?> type = parameter.getType();
    if (name.equals("mapInto") && type == Column.class) {
      return list(StringColumn.create("into", world.rows()));
    }
    if (name.equals("map") && method.getParameterCount() == 2) {
      boolean maker = parameter.getParameterizedType().getTypeName().contains("<java.lang.String");
      return maker
          ? list((Function<String, Column<?>>) StringColumn::create)
          : list((Function<Object, String>) value -> "mapped " + value);
    }
    if (name.equals("melt")) {
      Table table = (Table) receiver;
      if (type == List.class && parameter.getParameterizedType().getTypeName().contains("Column")) {
        return list(List.of(table.intColumn("int"), table.shortColumn("short")));
      }
      return type == List.class ? list(List.of("string", "date")) : null;
    }
    if (name.equals("reorderColumns")) {
      List<String> names = ((Table) receiver).columnNames();
      return list((Object) names.reversed().toArray(String[]::new));
    }
    if (name.equals("copyRowsToTable") && type == Table.class) {
      return list(world.table().get().emptyCopy());
    }
    if (name.equals("pivot") && type == String.class) {
      return list("string", "boolean", "double");
    }
    return null;
  }

  private List<Object> arrays(Method method, Class<?> of) {
    if (receiver instanceof Table && of == String.class) {
      return list(
          new String[] {"string"},
          new String[] {"boolean", "string"},
          new String[] {"int"},
          new String[] {"text", "date"},
          new String[] {"instant", "-double"},
          new String[] {"nope"},
          new String[0]);
    }
    if (of == AggregateFunction.class) {
      return list(
          (Object)
              new AggregateFunction<?, ?>[] {AggregateFunctions.mean, AggregateFunctions.count});
    }
    List<Object> values = values(of).stream().filter(Objects::nonNull).toList();
    Object all = Array.newInstance(of, values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(all, i, values.get(i));
    }
    Object one = Array.newInstance(of, Math.min(1, values.size()));
    if (!values.isEmpty()) {
      Array.set(one, 0, values.getFirst());
    }
    return list(all, one, Array.newInstance(of, 0));
  }

  private List<Object> values(Class<?> type) {
    if (Column.class.isAssignableFrom(type)) {
      return columns(type);
    }
    if (Temporal.class.isAssignableFrom(type) || type == Object.class) {
      return own(type);
    }
    return switch (type.getName()) {
      case "boolean" -> list(true, false);
      case "java.lang.Boolean" -> list(true, false, null);
      case "byte" -> list((byte) 1, (byte) 0);
      case "char" -> list('x');
      case "short" -> list((short) 5, (short) -7);
      case "java.lang.Short" -> list((short) 5, null);
      case "int" -> list(0, 1, 3, -2, size() - 1, size());
      case "java.lang.Integer" -> list(5, 2, null);
      case "long" -> list(1L, -3L, 1_000_000L);
      case "java.lang.Long" -> list(5L, null);
      case "float" -> list(0.5f, -2f);
      case "java.lang.Float" -> list(0.5f, null);
      case "double" -> list(0.5, -2.0, 0.0);
      case "java.lang.Double" -> list(0.5, null);
      case "java.lang.Number" -> list(2, 0.25);
      case "java.lang.String" -> list("word1", "row 3 \u00e4\u20ac\ud83d\ude00", "", "[ow]+", "2");
      default -> objects(type);
    };
  }

  private List<Object> objects(Class<?> type) {
    if (type == ZoneId.class || type == ZoneOffset.class) {
      return list(ZoneOffset.UTC, ZoneOffset.ofHours(5));
    } else if (type == ChronoUnit.class || type == TemporalUnit.class) {
      return list(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MONTHS, ChronoUnit.MINUTES);
    } else if (type == DateTimeFormatter.class) {
      return list(DateTimeFormatter.BASIC_ISO_DATE);
    } else if (type == NumberFormat.class) {
      return list(NumberFormat.getInstance(Locale.ROOT));
    } else if (type == BooleanFormatter.class) {
      return list(new BooleanFormatter("yes", "no", "?"));
    } else if (type == DateColumnFormatter.class) {
      return list(new DateColumnFormatter(DateTimeFormatter.ISO_DATE, "?"));
    } else if (type == DateTimeColumnFormatter.class) {
      return list(new DateTimeColumnFormatter(DateTimeFormatter.ISO_DATE, "?"));
    } else if (type == InstantColumnFormatter.class) {
      return list(new InstantColumnFormatter(DateTimeFormatter.ISO_INSTANT, "?"));
    } else if (type == NumberColumnFormatter.class) {
      return list(NumberColumnFormatter.percent(2));
    } else if (type == StringColumnFormatter.class) {
      return list(new StringColumnFormatter(s -> "<" + s + ">"));
    } else if (type == AbstractColumnParser.class) {
      return list(
          ((Column<?>) receiver)
              .type()
              .customParser(
                  tech.tablesaw.io.csv.CsvReadOptions.builder(new java.io.StringReader(""))
                      .build()));
    } else if (type == ColumnType.class) {
      return list(ColumnType.STRING, ColumnType.INTEGER);
    } else if (type == Selection.class) {
      return list(
          Selection.with(),
          size() == 0 ? Selection.with() : Selection.with(0, size() / 2, size() - 1),
          Selection.withRange(0, size()));
    } else if (type == Table.class || type == Relation.class) {
      Table other = world.other().get();
      return list(other, other.first(Math.min(2, size())));
    } else if (type == Row.class) {
      Row row = new Row(world.other().get());
      return size() == 0 ? list() : list(row.next());
    } else if (type == Sort.class) {
      return list(Sort.on("string", Sort.Order.DESCEND).next("int", Sort.Order.ASCEND));
    } else if (type == NumericAggregateFunction.class || type == AggregateFunction.class) {
      return list(AggregateFunctions.mean, AggregateFunctions.max);
    } else if (type == Collection.class || type == List.class) {
      return list(List.of("word1", ""), List.of());
    }
    return functions(type);
  }

  private List<Object> functions(Class<?> type) {
    Iterable<Object> some = () -> own(Object.class).stream().filter(Objects::nonNull).iterator();
    if (type == Predicate.class) {
      return list((Predicate<Object>) v -> v != null && v.hashCode() % 2 == 0);
    } else if (type == BiPredicate.class) {
      return list((BiPredicate<Object, Object>) (a, b) -> String.valueOf(a).compareTo("" + b) > 0);
    } else if (type == DoublePredicate.class) {
      return list((DoublePredicate) v -> v > 0, (DoublePredicate) Double::isNaN);
    } else if (type == IntPredicate.class) {
      return list((IntPredicate) v -> v > 0);
    } else if (type == LongPredicate.class) {
      return list((LongPredicate) v -> v > 0);
    } else if (type == BytePredicate.class) {
      return list((BytePredicate) v -> v == 1);
    } else if (type == IntBiPredicate.class) {
      return list((IntBiPredicate) (a, b) -> a > b);
    } else if (type == LongBiPredicate.class) {
      return list((LongBiPredicate) (a, b) -> a > b);
    } else if (type == Function.class) {
      return list((Function<Object, Object>) v -> v);
    } else if (type == DoubleFunction.class) {
      return list((DoubleFunction<Object>) v -> "<" + v + ">");
    } else if (type == ToIntFunction.class) {
      return list((ToIntFunction<Object>) Object::hashCode);
    } else if (type == ToLongFunction.class) {
      return list((ToLongFunction<Object>) Object::hashCode);
    } else if (type == ToDoubleFunction.class) {
      return list((ToDoubleFunction<Object>) Object::hashCode);
    } else if (type == BinaryOperator.class) {
      return list(
          (BinaryOperator<Object>) (a, b) -> String.valueOf(a).compareTo("" + b) > 0 ? a : b);
    } else if (type == DoubleBinaryOperator.class) {
      return list((DoubleBinaryOperator) (a, b) -> a + b / 2);
    } else if (type == Comparator.class) {
      return list(Comparator.comparing(String::valueOf));
    } else if (type == DoubleComparator.class) {
      return list(DoubleComparators.NATURAL_COMPARATOR);
    } else if (type == Consumer.class) {
      return list((Consumer<Object>) value -> consumed.add(Plain.of(value)));
    } else if (type == Iterator.class) {
      return list(some.iterator());
    } else if (type == Iterable.class) {
      return list(some);
    } else if (type == Supplier.class) {
      return list((Supplier<Object>) () -> some.iterator().next());
    } else if (type == BooleanIterator.class || type == BooleanIterable.class) {
      BooleanList booleans = BooleanList.of(true, false, true);
      return list(type == BooleanIterator.class ? booleans.iterator() : booleans);
    } else if (type == DoubleIterator.class) {
      return list(DoubleList.of(1, 2, 3).iterator());
    } else if (type == DoubleSupplier.class) {
      return list((DoubleSupplier) () -> 1.5);
    } else if (type == DoubleRangeIterable.class) {
      return list(DoubleRangeIterable.range(0.0, 100.0));
    }
    throw new AssertionError("no argument of type " + type + "; add one");
  }

  /** Values of the receiver's own type. */
  private List<Object> own(Class<?> type) {
    List<Object> candidates = new ArrayList<>();
    if (receiver instanceof Column<?> column && column.size() > 2) {
      for (Object value : Arrays.asList(column.get(0), column.get(1), column.get(2))) {
        if (type.isInstance(value)) {
          candidates.add(value);
        }
      }
    }
    for (Object value :
        List.of(
            LocalDate.of(2001, 2, 3),
            LocalTime.of(4, 5, 6),
            LocalDateTime.of(1950, 1, 2, 3, 4),
            Instant.ofEpochMilli(1_000_000_000_000L))) {
      if (type.isInstance(value) && (type != Object.class || candidates.isEmpty())) {
        candidates.add(value);
      }
    }
    if (type == Object.class) {
      candidates.add("word1");
      candidates.add(null);
    }
    return candidates;
  }

  private List<Object> columns(Class<?> type) {
    Table other = world.other().get();
    var candidates = new ArrayList<Object>();
    if (type == Column.class && receiver instanceof Column<?> column) {
      candidates.add(world.other().get().column(column.name()));
      candidates.add(other.column(column.name().equals("int") ? "string" : "int"));
      return candidates;
    }
    for (Column<?> column : (receiver instanceof Table table ? table : other).columns()) {
      boolean plain = type == Column.class && !List.of("string", "int").contains(column.name());
      if (type.isInstance(column) && !plain) {
        candidates.add(column);
      }
    }
    List<Class<?>> known =
        List.of(
            NumericColumn.class,
            NumberColumn.class,
            CategoricalColumn.class,
            TemporalColumn.class,
            BooleanColumn.class,
            DateColumn.class,
            DateTimeColumn.class,
            DoubleColumn.class,
            InstantColumn.class,
            IntColumn.class,
            TimeColumn.class,
            StringColumn.class,
            Column.class);
    if (!known.contains(type)) {
      throw new AssertionError("no column of type " + type + "; add one");
    }
    return candidates;
  }

  private int size() {
    return world.rows();
  }

  private static List<Object> list(Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }
}
