package dev.trestle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The child's side of {@link ChildJvm} for store tests: one command a line, one answer a line. */
final class StoreCommands {
  private StoreCommands() {}

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Path[] folders = Arrays.stream(arguments).map(Path::of).toArray(Path[]::new);
    Store store = Store.open(folders[0], Arrays.copyOfRange(folders, 1, folders.length));
    SharedTable[] attached = new SharedTable[1]; // held
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      try {
        System.out.println(run(store, words, attached));
      } catch (RuntimeException | IOException e) {
        System.out.println(e.getClass().getSimpleName());
      }
    }
    store.close();
    System.out.println("closed");
  }

  private static String run(Store store, String[] words, SharedTable[] attached)
      throws IOException {
    switch (words[0]) {
      case "share" -> {
        return store.share(words[1], numbers(Integer.parseInt(words[2]))).name();
      }
      case "attach" -> {
        attached[0] = store.attach(words[1]);
        return "" + attached[0].table().rowCount();
      }
      case "workers" -> {
        return "" + store.workers(Integer.parseInt(words[1])).pids();
      }
      case "busy-workers" -> {
        Workers workers = store.workers(Integer.parseInt(words[1]));
        for (int i = 0; i < workers.size(); i++) {
          var _ = workers.submit(StoreCommands::spin);
        }
        return "" + workers.pids();
      }
      case "loop-share" -> {
        for (int i = 0; ; i++) {
          store.share(words[1] + i, numbers(1_000_000));
          if (i == 0) {
            System.out.println("looping");
          }
        }
      }
      case "loop-write" -> {
        SharedTable table = store.share("w", numbers(1_000_000));
        while (true) {
          table.writeCsv(Path.of(words[1]), ',');
          System.out.println("written");
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static int spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  static Table numbers(int rows) {
    return Table.create("numbers", IntColumn.indexColumn("n", rows, 0));
  }
}
