package dev.trestle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The child's side of {@link WorkerCacheTest}; all it prints is its answer. */
final class StartCommands {
  private StartCommands() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "prepare" -> System.out.println(Trestle.prepareWorkers());
      case "work" -> work(Path.of(arguments[1]));
      case "threads" -> threads(Path.of(arguments[1]));
      case "read" -> read(Path.of(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Says what a worker gave, and whether it has mapped a start cache. */
  private static void work(Path folder) throws IOException {
    try (Store store = Store.open(folder);
        Workers workers = store.workers(1)) {
      SharedTable table = store.share("t", Table.create(IntColumn.create("n", 1, 2, 3)));
      double sum = workers.map(List.of("n"), n -> table.table().intColumn(n).sum()).getFirst();
      String maps = Files.readString(Path.of("/proc/" + workers.pids().getFirst() + "/maps"));
      System.out.printf(
          Locale.ROOT, "%.0f %s%n", sum, maps.contains(".aot") ? "cached" : "uncached");
    }
  }

  /** Says what workers that are threads gave. */
  private static void threads(Path folder) {
    try (Store store = Store.open(folder);
        Workers workers = store.workersInProcess(WorkerSettings.of(1))) {
      System.out.println(workers.map(List.of(3), i -> 2 * i));
    }
  }

  /** Says what a worker's Tablesaw reads of a file, and whether its class path is what it was. */
  private static void read(Path folder) {
    try (Store store = Store.open(folder);
        Workers workers = store.workers(1)) {
      SharedTable table = store.share("t", Table.create(IntColumn.create("n", 1, 2, 3)));
      String all = System.getProperty("java.class.path");
      List<Object> found =
          workers
              .map(
                  List.of(folder.resolveSibling("t.csv").toString()),
                  file -> {
                    int known = table.table().rowCount();
                    int read = Table.read().file(file).rowCount();
                    return List.<Object>of(
                        known, read, all.equals(System.getProperty("java.class.path")));
                  })
              .getFirst();
      System.out.println(found);
    }
  }
}
