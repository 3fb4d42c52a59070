package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open no more files. */
@Tag("slow")
@Timeout(120)
class NoDescriptorsTest {
  @TempDir Path folder;

  @Test
  void workersThatCannotBeStartedForWantOfDescriptorsSaySoAndLaterOnesStart() throws Exception {
    String command =
        "ulimit -n 400 && exec '%s' -Xmx64m --sun-misc-unsafe-memory-access=allow -cp '%s' %s '%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                NoDescriptorsCommands.class.getName(),
                folder.resolve("store"));
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    List<String> lost = said.stream().filter(line -> line.startsWith("lost: ")).toList();
    assertFalse(lost.isEmpty(), said.toString());
    for (String each : lost) {
      assertTrue(each.contains("no file descriptors left"), each);
      assertTrue(each.contains("ulimit -n"), each);
    }
    assertEquals("afterwards: [2]", said.getLast(), said.toString());
    assertEquals(0, process.waitFor());
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }
}
