package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void theJdksLauncherRunsItFromItsSource() throws Exception {
    Path script = Files.writeString(folder.resolve("Trips.java"), SCRIPT);
    assertEquals("[150.0, 150.0]\n", java(script.toString()));
  }

  @Test
  @Timeout(120)
  void compiledAsJBangDoesItRunsFromItsJar() throws Exception {
    Path script = Files.writeString(folder.resolve("Trips.java"), SCRIPT);
    Path classes = folder.resolve("classes");
    assertEquals(
        "",
        run(
            "javac",
            "--class-path",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            script.toString()));
    Path jar = folder.resolve("trips.jar");
    assertEquals(
        "", run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), "."));
    assertEquals("[150.0, 150.0]\n", java("--class-path", jar + ":" + classPath(), "Trips"));
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private String java(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 4];
    command[0] = "java";
    command[1] = "--sun-misc-unsafe-memory-access=allow";
    command[2] = "--class-path";
    command[3] = classPath();
    System.arraycopy(arguments, 0, command, 4, arguments.length);
    return run(command);
  }

  /** What a tool of the JDK puts out, once it has ended well. */
  private String run(String... command) throws Exception {
    command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
    Path output = folder.resolve("output.txt");
    var builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectErrorStream(true);
    builder.environment().put(DefaultFolders.FOLDERS_VARIABLE, folder.resolve("store").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "it does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
