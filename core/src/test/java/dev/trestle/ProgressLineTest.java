package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bar of a terminal. */
@Timeout(60)
class ProgressLineTest {
  @TempDir Path folder;

  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  /** What a call draws that was asked for its bar. */
  private String drawn(int tasks, Task<Integer, Integer> task) {
    var bytes = new ByteArrayOutputStream();
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workersInProcess(WorkerSettings.of(2))) {
      Workers told =
          workers.progressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8)).chunk(1);
      told.map(upTo(tasks), task);
    } catch (TaskFailedException e) {
      // the bar tells
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLineIsDrawnOverAgainAndItsLastStateStays() {
    String drawn =
        drawn(
            20,
            i -> {
              Thread.sleep(40);
              return i;
            });
    String[] states = drawn.strip().split("\r");
    assertTrue(states.length > 2, drawn);
    assertTrue(states[states.length - 1].contains("100%"), drawn);
    assertTrue(states[states.length - 1].contains("20/20"), drawn);
    assertTrue(drawn.endsWith(System.lineSeparator()), drawn);
    assertFalse(drawn.contains("\u001b"), "no escape codes");
  }

  @Test
  void aShortCallLeavesItsLineToo() {
    assertTrue(drawn(1, i -> i).contains("1/1"));
  }

  @Test
  void whatFailedIsCounted() {
    String drawn =
        drawn(
            4,
            i -> {
              if (i == 3) {
                throw new IllegalStateException("no");
              }
              return i;
            });
    assertTrue(drawn.contains("1 failed"), drawn);
  }

  /** Runs {@link ProgressCommands} in a shell command. */
  private String output(String... shell) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(shell));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private String java() {
    return "'%s' -Xmx64m --sun-misc-unsafe-memory-access=allow -cp '%s' %s '%s'"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            ProgressCommands.class.getName(),
            folder.resolve("child"));
  }

  @Test
  void onATerminalABarIsDrawn() throws Exception {
    // script(1), of util-linux, gives the command a pseudo-terminal.
    String output = output("script", "--quiet", "--return", "--command", java(), "/dev/null");
    assertTrue(output.contains("\rtasks"), output);
    assertTrue(output.contains("100%"), output);
    assertTrue(output.strip().endsWith("[0, 1, 2]"), output);
  }

  @Test
  void nothingIsDrawnIntoAPipe() throws Exception {
    assertEquals("[0, 1, 2]", output("sh", "-c", java()).strip());
  }

  @Test
  void aStreamOfResultsHasABarThatKnowsNoEnd() {
    var bytes = new ByteArrayOutputStream();
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workersInProcess(WorkerSettings.of(1))) {
      Workers told = workers.progressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      told.imap(upTo(30), i -> i).forEachRemaining(result -> {});
    }
    assertTrue(
        bytes.toString(StandardCharsets.UTF_8).contains("30"),
        bytes.toString(StandardCharsets.UTF_8));
  }
}
