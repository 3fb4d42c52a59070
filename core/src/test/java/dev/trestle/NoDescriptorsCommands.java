package dev.trestle;

import dev.trestle.worker.WorkerLostException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that uses up its file descriptors and then wants workers. */
final class NoDescriptorsCommands {
  private NoDescriptorsCommands() {}

  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    try (Store store = Store.open(Path.of(arguments[0]))) {
      // The classes of both outcomes: from a folder, unlike from a jar, each is a file to be
      // opened.
      store.workers(1).close();
      Class.forName("dev.trestle.worker.StartTrouble");
      List<FileInputStream> open = new ArrayList<>();
      try {
        while (true) {
          open.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        // none are left
      }
      for (int left = 0; left < 40; left++) {
        try (Workers workers = store.workers(1)) {
          System.out.println("started: " + workers.size());
          break;
        } catch (WorkerLostException e) {
          System.out.println("lost: " + e.getMessage());
        }
        open.removeLast().close(); // the next attempt may get a step further
      }
      for (FileInputStream each : open) {
        each.close();
      }
      try (Workers workers = store.workers(1)) {
        System.out.println("afterwards: " + workers.map(List.of(1), i -> i + 1));
      }
    }
  }
}
