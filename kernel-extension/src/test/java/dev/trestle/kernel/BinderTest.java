package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of an image for mybinder.org, done in a clean copy of the repository, and notebooks run
 * with as little memory as there is: {@code binder/check} says how.
 */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BinderTest {
  private static final long MIB = 1 << 20;

  /** Too large for a /dev/shm of 64 MiB. */
  private static final int ROWS = 12_000_000;

  private static final String SHARE =
      """
      double[] values = new double[%d];
      Arrays.fill(values, 0.5);
      SharedTable big = Trestle.share("big", Table.create("big", DoubleColumn.create("x", values)));
      values = null;
      big.location().toString()\
      """
          .formatted(ROWS);

  private String said = "";
  private ExecutedNotebook firstSteps = new ExecutedNotebook(Path.of(""), List.of(), "");
  private ExecutedNotebook limits = firstSteps;

  @BeforeAll
  void checkIt(@TempDir Path folder) throws Exception {
    Path check = ExecutedNotebook.NOTEBOOKS.resolveSibling("binder/check");
    Path written = folder.resolve("limits.ipynb");
    Files.writeString(
        written,
        notebook(
            SHARE,
            "Runtime.getRuntime().maxMemory()",
            "%workers 2",
            "workers().map(List.of(1, 2), n -> Runtime.getRuntime().maxMemory())",
            "workers().map(List.of(0, 1), n -> big.slice(n * %1$d, %1$d).table().doubleColumn(0).sum())"
                .formatted(ROWS / 2)));
    Path work = folder.resolve("work");
    said =
        Command.run(
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                Duration.ofMinutes(15),
                List.of(
                    check.toString(),
                    work.toString(),
                    "notebooks/first-steps.ipynb",
                    written.toString()))
            .outputOfSuccess();
    firstSteps = ExecutedNotebook.read(work.resolve("first-steps.ipynb"));
    limits = ExecutedNotebook.read(work.resolve("limits.ipynb"));
  }

  private static String notebook(String... sources) {
    JsonArray cells = new JsonArray();
    for (String source : sources) {
      JsonObject cell = new JsonObject();
      cell.addProperty("cell_type", "code");
      cell.addProperty("source", source);
      cell.add("execution_count", JsonNull.INSTANCE);
      cell.add("metadata", new JsonObject());
      cell.add("outputs", new JsonArray());
      cells.add(cell);
    }
    JsonObject kernel = new JsonObject();
    kernel.addProperty("name", KernelSpec.NAME);
    kernel.addProperty("display_name", KernelSpec.NAME);
    JsonObject metadata = new JsonObject();
    metadata.add("kernelspec", kernel);
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    notebook.add("metadata", metadata);
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 4);
    return notebook.toString();
  }

  @Test
  void theKernelOfTheImageRunsTheFirstNotebook() throws IOException {
    assertFalse(firstSteps.outputs().isEmpty(), said);
    for (JsonObject output : firstSteps.outputs()) {
      assertTrue(
          List.of("execute_result", "display_data")
              .contains(output.get("output_type").getAsString()),
          output::toString);
    }
  }

  @Test
  void jvmsTakeTheirSizeFromTheContainer() {
    // A quarter of it for the kernel, and as much again for all workers.
    long kernel = Long.parseLong(limits.output("maxMemory", "text/plain"));
    assertTrue(kernel <= 512 * MIB, said + kernel);
    String[] workers =
        limits.output("n -> Runtime", "text/plain").replaceAll("[\\[\\] ]", "").split(",");
    for (String worker : workers) {
      assertTrue(Long.parseLong(worker) <= 256 * MIB, said + worker);
    }
  }

  @Test
  void aTableThatSharedMemoryCannotHoldGoesToDiskAndIsReadThere() {
    assertEquals(
        List.of(ROWS / 4.0, ROWS / 4.0).toString(), limits.output("big.slice", "text/plain"));
    if (said.contains("/dev/shm: 64 MiB")) {
      String location = limits.outputs().get(1).getAsJsonObject("data").toString();
      assertTrue(location.contains("/cache/trestle/"), location);
      String warning = limits.outputs().getFirst().get("text").toString();
      assertTrue(
          warning.matches(
              "\\[\"WARNING: 'big' needs \\d[\\d.]+ MiB: .*It is put in .* instead \\(docker run --shm-size=1g makes.*"),
          warning);
    }
  }

  @Test
  void nothingIsEndedForWantOfMemory() {
    if (said.contains("by a cgroup")) {
      assertTrue(said.contains("processes ended for want of memory: 0"), said);
    }
  }
}
