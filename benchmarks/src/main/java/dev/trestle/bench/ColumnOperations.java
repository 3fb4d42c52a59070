package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The same operations on a heap table and on a mapped one, by turns, in a JVM of their own. */
final class ColumnOperations {
  private static final int WARM = 20; // calls

  /**
   * For an operation of microseconds so few calls end before its compiler does. CPU time, which a
   * busy machine does not shorten.
   */
  private static final double WARM_NANOS = 0.5e9;

  private static final int ROUNDS = 11;

  /** To the nanosecond; the clock of a whole process ticks in hundredths of a second. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ColumnOperations() {}

  /** CPU nanoseconds of one operation. */
  record Figure(String name, double heap, double mapped) {
    double ratio() {
      return heap / mapped;
    }
  }

  private static Map<String, Function<Table, Object>> operations(Table right) {
    Map<String, Function<Table, Object>> all = new LinkedHashMap<>();
    all.put("sum of ints", t -> t.intColumn("int").sum());
    all.put("mean of doubles", t -> t.doubleColumn("double").mean());
    all.put("max of floats", t -> t.floatColumn("float").max());
    all.put("getDouble loop", ColumnOperations::getDoubles);
    all.put("getInt loop", ColumnOperations::getInts);
    all.put("isGreaterThan", t -> t.doubleColumn("double").isGreaterThan(0.7));
    all.put("date isAfter", t -> t.dateColumn("date").isAfter(LocalDate.of(2010, 1, 1)));
    all.put("date-time getYear", t -> t.dateTimeColumn("date-time").year());
    all.put("boolean countTrue", t -> t.booleanColumn("boolean").countTrue());
    all.put("countUnique of ints", t -> t.intColumn("int").countUnique());
    all.put("countMissing of longs", t -> t.longColumn("long").countMissing());
    all.put("string isEqualTo", t -> t.stringColumn("few").isEqualTo("word7"));
    all.put("string codes", t -> codes(t.stringColumn("few")));
    all.put("string get", t -> get(t.stringColumn("many")));
    all.put("where", t -> t.where(t.intColumn("int").isLessThan(100_000)));
    all.put(
        "summarize by string",
        t -> t.summarize("double", AggregateFunctions.mean).by("few").rowCount());
    all.put("sortOn", t -> t.first(200_000).sortOn("int").rowCount());
    all.put(
        "join",
        t -> t.selectColumns("int", "many").first(100_000).joinOn("many").with(right).join());
    all.put("row loop", ColumnOperations::rows);
    return all;
  }

  public static void main(String[] arguments) {
    Table heap = ColumnTable.everyType(Integer.parseInt(arguments[0]));
    Table right =
        Table.create(
            heap.stringColumn("many").unique(),
            StringColumn.create("v", heap.stringColumn("many").countUnique()));
    SharedTable shared = Trestle.share("columns-operations", heap);
    Table mapped = shared.table();
    operations(right)
        .forEach((name, operation) -> {
          List<Double> onHeap = new ArrayList<>();
          List<Double> onMapping = new ArrayList<>();
          double warm = 0;
          for (int round = 0; round < WARM || warm < WARM_NANOS; round++) {
            warm += cpu(operation, heap) + cpu(operation, mapped);
          }
          for (int round = 0; round < ROUNDS; round++) {
            onHeap.add(cpu(operation, heap));
            onMapping.add(cpu(operation, mapped));
          }
          System.out.println(name + "\t" + Median.of(onHeap) + "\t" + Median.of(onMapping));
        });
    shared.drop();
  }

  private static double cpu(Function<Table, Object> operation, Table table) {
    long start = THREADS.getCurrentThreadCpuTime();
    Object result = operation.apply(table);
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    if (result == null) {
      throw new IllegalStateException("no result");
    }
    return nanos;
  }

  /** Runs {@link #main} in a new JVM. */
  static List<Figure> fork(int rows) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                OtherJvm.command(
                    List.of(
                        "-Xmx2g",
                        "-XX:+UseSerialGC",
                        // one thread does all
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"),
                    ColumnOperations.class,
                    Integer.toString(rows)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Figure> figures;
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      figures =
          lines
              .lines()
              .map(line -> line.split("\t"))
              .map(f -> new Figure(f[0], Double.parseDouble(f[1]), Double.parseDouble(f[2])))
              .toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException("a fork of the operations ended with " + process.exitValue());
    }
    return figures;
  }

  private static Object getDoubles(Table table) {
    var column = table.doubleColumn("double");
    double sum = 0;
    for (int row = 0; row < column.size(); row++) {
      sum += column.getDouble(row);
    }
    return sum;
  }

  private static Object getInts(Table table) {
    var column = table.intColumn("int");
    long sum = 0;
    for (int row = 0; row < column.size(); row++) {
      sum += column.getInt(row);
    }
    return sum;
  }

  private static Object codes(StringColumn column) {
    var dictionary = Objects.requireNonNull(column.getDictionary());
    long sum = 0;
    for (int row = 0; row < column.size(); row++) {
      sum += dictionary.getKeyForIndex(row);
    }
    return sum;
  }

  private static Object get(StringColumn column) {
    long sum = 0;
    for (int row = 0; row < column.size(); row++) {
      sum += column.get(row).length();
    }
    return sum;
  }

  private static Object rows(Table table) {
    double sum = 0;
    for (Row row : table) {
      sum += row.getInt("int") + row.getDouble("double");
    }
    return sum;
  }
}
