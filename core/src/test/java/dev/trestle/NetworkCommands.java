package dev.trestle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The child's side of {@link NetworkTest}: a bit of everything that processes do together. */
final class NetworkCommands {
  private NetworkCommands() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path csv = Files.writeString(folder.resolve("t.csv"), "a,b\n1,x\n2,y\n3,x\n");
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(2)) {
      SharedTable table = store.shareCsv("t", CsvReadOptions.builder(csv.toFile()).build());
      SharedArray array = store.array("a", long.class, 2);
      Namespace namespace = store.namespace();
      namespace.put("table", table);
      List<Double> sums =
          workers.map(
              List.of(1, 2),
              i -> {
                array.atomicLongs().getAndAdd(0, i);
                return table.table().numberColumn("a").sum() + i;
              });
      namespace.signal("done");
      namespace.await("done", Duration.ofSeconds(10));
      SharedTable got = namespace.get("table", SharedTable.class);
      System.out.println(
          sums
              + " "
              + array.getLong(0)
              + " "
              + (got == null ? 0 : got.rowCount())
              + " "
              + store.attach("t").append(table.table()).rowCount()
              + " "
              + store.memory().processes().size());
    }
  }
}
