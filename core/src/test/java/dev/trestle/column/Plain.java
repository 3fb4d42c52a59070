package dev.trestle.column;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tech.tablesaw.aggregate.Summarizer;
import tech.tablesaw.api.Row;
import tech.tablesaw.columns.AbstractColumn;
import tech.tablesaw.columns.AbstractColumnParser;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.ColumnFormatter;
import tech.tablesaw.columns.booleans.BooleanData;
import tech.tablesaw.columns.numbers.NumberRollingColumn;
import tech.tablesaw.columns.numbers.Stats;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.conversion.TableConverter;
import tech.tablesaw.conversion.smile.SmileConverter;
import tech.tablesaw.interpolation.Interpolator;
import tech.tablesaw.io.DataFrameWriter;
import tech.tablesaw.joining.DataFrameJoiner;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.table.Relation;
import tech.tablesaw.table.RollingColumn;
import tech.tablesaw.table.TableSliceGroup;

/** What came out of an operation, in a form that can be compared and printed. */
record Plain(String text, boolean isFailure) {
  private static final int MOST = 2_000; // elements of an iterator

  static Plain call(Object receiver, Method method, Object[] arguments) {
    try {
      return new Plain(String.valueOf(of(method.invoke(receiver, arguments))), false);
    } catch (InvocationTargetException e) {
      return failure(e.getCause());
    } catch (RuntimeException e) {
      return failure(e); // of an iterator or rolling window that works only when it is asked
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(method.toString(), e);
    }
  }

  private static Plain failure(Throwable thrown) {
    if (thrown instanceof IndexOutOfBoundsException) {
      return new Plain("IndexOutOfBoundsException", true); // arrays have their own kind
    }
    if (isRefusal(thrown)) {
      return new Plain("read-only", true);
    }
    return new Plain(thrown.getClass().getSimpleName(), true);
  }

  private static boolean isRefusal(Throwable thrown) {
    return (thrown instanceof UnsupportedOperationException || thrown instanceof WriteRefusedError)
        && String.valueOf(thrown.getMessage()).contains("copy()");
  }

  boolean isRefusedWrite() {
    return isFailure && text.equals("read-only");
  }

  static Object of(Object value) {
    return switch (value) {
      case null -> "null";
      case Column<?> column -> column(column);
      case Relation table -> table.name() + table.columns().stream().map(Plain::of).toList();
      case TableSliceGroup groups -> groups.asTableList().stream().map(Plain::of).toList();
      case Selection selection -> IntStream.of(selection.toArray()).boxed().toList();
      case Row row -> row.getRowNumber() + ": " + cells(row);
      case Summarizer summarizer -> of(summarizer.apply());
      case NumberRollingColumn rolling -> of(rolling.mean()) + " " + of(rolling.max());
      case RollingColumn rolling -> "rolling";
      case Interpolator<?> interpolator ->
          of(interpolator.frontfill()) + " " + of(interpolator.backfill());
      case Stats stats -> of(stats.asTable());
      case BooleanData booleans -> of(booleans.toByteArray());
      case DictionaryMap map -> of(map.asObjectArray());
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, Object>();
        map.forEach((k, v) -> sorted.put(String.valueOf(of(k)), of(v)));
        yield sorted;
      }
      case Collection<?> collection -> collection.stream().map(Plain::of).toList();
      case Optional<?> optional -> optional.map(Plain::of);
      case BaseStream<?, ?> stream -> elements(stream.iterator());
      case Iterator<?> iterator -> elements(iterator);
      case Spliterator<?> spliterator -> of(StreamSupport.stream(spliterator, false));
      case ColumnFormatter formatter -> formatter.getClass().getSimpleName();
      case AbstractColumnParser<?> parser -> parser.getClass().getSimpleName();
      case DataFrameWriter later -> "see TableOperationsTest";
      case DataFrameJoiner later -> "see TableOperationsTest";
      case TableConverter later -> "see TableOperationsTest";
      case SmileConverter later -> "needs another library";
      case java.util.Comparator<?> comparator -> "a comparator";
      case Object array when array.getClass().isArray() ->
          IntStream.range(0, Array.getLength(array))
              .mapToObj(i -> of(Array.get(array, i)))
              .toList();
      default -> {
        if (value.getClass().getName().startsWith("tech.tablesaw")
            && !(value instanceof tech.tablesaw.api.ColumnType)) {
          throw new AssertionError("no way to compare " + value.getClass());
        }
        yield value.toString();
      }
    };
  }

  private static List<Object> elements(Iterator<?> iterator) {
    var list = new ArrayList<>();
    while (iterator.hasNext() && list.size() < MOST) {
      list.add(of(iterator.next()));
    }
    return list;
  }

  private static String column(Column<?> column) {
    var text = new StringBuilder(column.getClass().getSimpleName() + " " + column.name());
    for (int row = 0; row < column.size(); row++) {
      text.append('|').append(cell(column, row));
    }
    return column instanceof AbstractColumn<?, ?> ? text.toString() : text + " (foreign)";
  }

  private static String cell(Column<?> column, int row) {
    try {
      return column.getString(row) + "~" + column.get(row);
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName(); // a packed date, say, that somebody has set to rubbish
    }
  }

  private static List<Object> cells(Row row) {
    return row.columnNames().stream().map(name -> of(row.getObject(name))).toList();
  }
}
