package dev.trestle;

import java.nio.file.Path;
import java.util.List;

/** A script that asks for a bar where there is a terminal. */
final class ProgressCommands {
  private ProgressCommands() {}

  public static void main(String[] arguments) {
    try (Store store = Store.open(Path.of(arguments[0]));
        Workers workers = store.workersInProcess(WorkerSettings.of(1))) {
      System.out.println(
          workers
              .progressBar()
              .map(
                  List.of(0, 1, 2),
                  i -> {
                    Thread.sleep(150);
                    return i;
                  }));
    }
  }
}
