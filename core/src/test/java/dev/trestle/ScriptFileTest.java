package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script of one source file. JBang compiles it and starts {@code java} with it; the JDK's own
 * launcher compiles it in memory. JBang's lines are comments to everyone else.
 */
@Tag("slow")
class ScriptFileTest {
  private static final String SCRIPT =
      """
      ///usr/bin/env jbang "$0" "$@" ; exit $?
      //JAVA 25
      //DEPS dev.trestle:trestle-core:0.1.0
      //RUNTIME_OPTIONS --sun-misc-unsafe-memory-access=allow
      import dev.trestle.*;
      import tech.tablesaw.api.*;

      static final int FACTOR = 10;

      static double scaled(double x) {
        return x * FACTOR;
      }

      void main() {
        var trips = Table.create("trips", IntColumn.create("km", new int[] {3, 5, 7}));
        SharedTable shared = Trestle.share("trips", trips);
        try (Workers workers = Trestle.workers(2)) {
          IO.println(
              workers.map(List.of("km", "km"), c -> scaled(shared.table().intColumn(c).sum())));
        }
      }
      """;

  private static final String RESULT = "[150.0, 150.0]\n";
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void theJdksLauncherRunsItFromItsSource() throws Exception {
    assertEquals(RESULT, java(script(SCRIPT).toString()));
  }

  @Test
  @Timeout(120)
  void compiledAsJBangDoesItRunsFromItsJar() throws Exception {
    Path classes = folder.resolve("classes");
    assertEquals(
        "",
        run(
            0,
            "javac",
            "--class-path",
            CLASS_PATH,
            "-d",
            classes.toString(),
            script(SCRIPT).toString()));
    Path jar = folder.resolve("trips.jar");
    assertEquals(
        "", run(0, "jar", "--create", "--file", jar.toString(), "-C", classes.toString(), "."));
    assertEquals(RESULT, java("--class-path", jar + ":" + CLASS_PATH, "Trips"));
  }

  @Test
  @Timeout(120)
  void jbangRunsIt() throws Exception {
    String jars = System.getProperty("trestle.jbang", "");
    assumeTrue(
        !jars.isEmpty(), "no JBang here: ./trestle test fetches it; then -Dtrestle.jbang=...");
    // What is built here is in no repository: it comes by the class path.
    Path script = script(SCRIPT.replaceAll("//DEPS.*\\n", ""));
    // Its program prints what its shell wrapper is to run then, and ends with 255.
    String command =
        run(
            255,
            "java",
            "--class-path",
            jars + "/*",
            "dev.jbang.Main",
            "--quiet",
            "--offline",
            "run",
            "--class-path",
            CLASS_PATH,
            script.toString());
    assertEquals(RESULT, run(0, "/bin/sh", "-c", command));
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("Trips.java"), text);
  }

  private String java(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("java", "--sun-misc-unsafe-memory-access=allow", "--class-path", CLASS_PATH));
    command.addAll(List.of(arguments));
    return run(0, command.toArray(String[]::new));
  }

  /** What a tool of the JDK, or another one, puts out; it has to end with that code. */
  private String run(int code, String... command) throws Exception {
    command[0] = JDK.resolve("bin").resolve(command[0]).toString();
    Path output = folder.resolve("output.txt");
    var builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectErrorStream(true);
    builder.environment().put(DefaultFolders.FOLDERS_VARIABLE, folder.resolve("store").toString());
    builder.environment().put("JAVA_HOME", JDK.toString());
    builder.environment().put("JBANG_DIR", folder.resolve("jbang").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "it does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertEquals(code, process.exitValue(), said);
    return said;
  }
}
