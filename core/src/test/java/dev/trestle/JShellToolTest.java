package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own {@code jshell}, which runs the user's code in a JVM that it starts. */
@Tag("slow")
class JShellToolTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aSessionSharesATableRunsWorkersAndLeavesNothing() throws Exception {
    String output =
        run(
            """
            import dev.trestle.*;
            import tech.tablesaw.api.*;
            var trips = Table.create("trips", IntColumn.create("km", new int[] {3, 5, 7}));
            SharedTable shared = Trestle.share("trips", trips);
            int factor = 10;
            double scaled(double x) { return x * factor; }
            Workers workers = Trestle.workers(2);
            workers.map(List.of("km", "km"), c -> scaled(shared.table().intColumn(c).sum()))
            Trestle.namespace().put("km", 15);
            workers.map(List.of(1), x -> x + (Integer) Trestle.namespace().get("km"))
            Trestle.memory()
            """);
    assertTrue(output.contains("==> [150.0, 150.0]\n"), output);
    assertTrue(output.contains("==> [16]\n"), output);
    assertTrue(output.contains("worker 2 "), output);
    assertTrue(output.contains("3 processes\n"), output);
    for (String complaint : List.of("WARNING", "SLF4J", "Exception", "Error", "[worker")) {
      assertFalse(output.contains(complaint), output);
    }
    // The workers were left open: they end with the JVM that jshell ends, a moment after it.
    Path store = folder.resolve("store");
    String variable = DefaultFolders.FOLDERS_VARIABLE;
    NothingLeft.await(() -> NothingLeft.processesWith(variable, store.toString()).isEmpty());
    assertEquals(List.of(), NothingLeft.processesWith(variable, store.toString()));
    assertFalse(Files.exists(store));
  }

  @Test
  void theFirstFrameOfAFailedSubmitIsTheTasksAndTheNextOneTheSnippets() throws Exception {
    String output =
        run(
            """
            import dev.trestle.*;
            Workers workers = Trestle.workers(1);
            var future = workers.submit(0, n -> 1 / n);
            future.get()
            """);
    int failure = output.indexOf("Caused by: dev.trestle.worker.TaskFailedException");
    String frames = output.substring(output.indexOf("at ", failure));
    assertTrue(frames.lines().findFirst().orElseThrow().contains("(#3:1)"), output);
    assertTrue(frames.lines().skip(1).findFirst().orElseThrow().contains("(#3:1)"), output);
    assertTrue(output.contains("ArithmeticException"), output);
  }

  /** What jshell puts out for a script on standard input. */
  private String run(String script) throws Exception {
    Path input = Files.writeString(folder.resolve("script.jsh"), script);
    Path output = folder.resolve("output.txt");
    var jshell =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "-R--sun-misc-unsafe-memory-access=allow",
                "-J-Djava.util.prefs.userRoot=" + folder) // else it writes to the user's settings
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectErrorStream(true);
    jshell.environment().put(DefaultFolders.FOLDERS_VARIABLE, folder.resolve("store").toString());
    Process process = jshell.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "jshell does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), () -> output.toString());
    return Files.readString(output);
  }
}
