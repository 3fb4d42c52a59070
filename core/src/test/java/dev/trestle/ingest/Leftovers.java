package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an ingest must not leave: files, open but unlinked files, threads. */
final class Leftovers {
  private Leftovers() {}

  static void assertNone(Path spoolFolder) throws IOException {
    assertEquals(List.of(), files(spoolFolder), "files");
    assertEquals(List.of(), openSpools(spoolFolder), "open files");
    assertEquals(List.of(), threads(), "threads");
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  static List<String> openSpools(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith(folder.toString())) {
          open.add(target);
        }
      }
    }
    return open;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("trestle-ingest-"))
        .toList();
  }
}
