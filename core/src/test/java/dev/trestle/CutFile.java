package dev.trestle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The child's side of {@link CutFileTest}: reads tables, cuts their files, reads on. */
final class CutFile {
  static final int KEPT = 4096; // bytes; the first page, so that reading runs into the cut
  private static final int ROWS = 20_000;

  private interface Reading {
    Object read(SharedTable shared, Table table) throws IOException;
  }

  private CutFile() {}

  public static void main(String[] arguments) throws IOException {
    Path csv = Path.of(arguments[0] + ".csv");
    Map<String, Reading> readings = new LinkedHashMap<>();
    readings.put("sum", (s, t) -> t.numberColumn("n").sum());
    readings.put("get", (s, t) -> get(t));
    readings.put("bulk", (s, t) -> t.intColumn("n").asIntArray()[1]);
    readings.put("filter", (s, t) -> t.doubleColumn("d").isGreaterThan(0.5).size());
    readings.put("sort", (s, t) -> t.sortOn("d").rowCount());
    readings.put("string", (s, t) -> t.stringColumn("text").isEqualTo("x".repeat(200)).size());
    readings.put("decode", (s, t) -> t.stringColumn("text").get(ROWS - 1));
    readings.put("unique", (s, t) -> t.stringColumn("text").countUnique());
    readings.put("codes", (s, t) -> t.stringColumn("word").isEqualTo("word1").size());
    readings.put("copy", (s, t) -> t.intColumn("n").copy().set(0, 1).getInt(0));
    readings.put(
        "csv",
        (s, t) -> {
          s.writeCsv(csv, ',');
          return csv;
        });
    try (Store store = Store.open(Path.of(arguments[0]))) {
      for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
        readings.forEach((name, reading) -> System.out.println(name + " " + one(store, reading)));
      }
    }
    Files.deleteIfExists(csv);
    System.out.println("end");
  }

  private static String one(Store store, Reading reading) {
    SharedTable shared = store.share("t", table());
    try {
      SharedTable again = shared.slice(0, ROWS); // which has not been asked anything yet
      reading.read(shared, shared.table());
      CutFileTest.cut(shared.location());
      return "no error, but " + reading.read(again, again.table());
    } catch (IOException | RuntimeException | InternalError e) {
      return e.getClass().getSimpleName();
    } finally {
      store.drop("t");
    }
  }

  static double sum(SharedTable table, String column) {
    return table.table().numberColumn(column).sum();
  }

  private static long get(Table table) {
    long sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += table.intColumn("n").getInt(row);
    }
    return sum;
  }

  static Table table() {
    String[] texts =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "text that is rather long " + i)
            .toArray(String[]::new);
    return Table.create(
        "t",
        IntColumn.indexColumn("n", ROWS, 0),
        DoubleColumn.create("d", IntStream.range(0, ROWS).mapToDouble(i -> i % 997 / 997.0)),
        StringColumn.create("word", IntStream.range(0, ROWS).mapToObj(i -> "word" + i % 5)),
        StringColumn.create("text", texts));
  }
}
