package dev.trestle;

import java.io.IOException;
import java.nio.file.Path;

/** A session in a JVM of its own that serves an object until it is killed. */
final class ServedCommands {
  private ServedCommands() {}

  public static void main(String[] arguments) throws IOException {
    try (Store store = Store.open(Path.of(arguments[0]));
        Workers workers = store.workers(1)) {
      System.out.println(workers.serve("text", "abc").pid());
      var _ = System.in.read();
    }
  }
}
