package dev.trestle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

/** The child's side of {@link MoreWaysInTest}. */
final class WaysInCommands {
  private WaysInCommands() {}

  public static void main(String[] arguments) throws Exception {
    try (Store store = Store.open(Path.of(arguments[1]))) {
      System.out.println(
          switch (arguments[0]) {
            case "query" -> query(store);
            case "csv" -> csv(store, Path.of(arguments[2]));
            default -> parquet(store, Path.of(arguments[2]));
          });
    }
  }

  private static String csv(Store store, Path file) {
    return store.shareCsv("t", CsvFiles.of(file)).rowCount() + " rows";
  }

  /** A million rows of 300 characters and more: several times the heap. */
  private static String query(Store store) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:mem:;LAZY_QUERY_EXECUTION=1");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT X, X / 8.0, 'w' || MOD(X, 100), REPEAT('x', 300) || X,"
                        + " DATEADD(DAY, MOD(X, 9999), DATE '2000-01-01')"
                        + " FROM SYSTEM_RANGE(1, 1000000)")) {
      return store.shareQuery("t", rows).rowCount() + " rows";
    }
  }

  private static String parquet(Store store, Path file) {
    try {
      return store.shareParquet("t", file).toString();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
