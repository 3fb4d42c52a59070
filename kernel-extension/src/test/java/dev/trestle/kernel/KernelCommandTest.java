package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KernelCommandTest {
  @TempDir private Path prefix;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = KernelCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private Path folder() {
    return prefix.resolve("share/jupyter/kernels/trestle");
  }

  @Test
  void installAndUninstallBelowAPrefix() {
    assertEquals(0, run("install", "--prefix", prefix.toString()), err.toString());
    assertTrue(Files.isRegularFile(folder().resolve("kernel.json")));
    assertEquals(0, run("uninstall", "--prefix", prefix.toString()), err.toString());
    assertFalse(Files.exists(folder()));
    assertEquals(
        "Installed the kernel 'trestle' in %1$s%nRemoved %1$s%n".formatted(folder()),
        out.toString());
  }

  @Test
  void pathNamesTheFolderAndTouchesNothing() {
    assertEquals(0, run("path", "--prefix", prefix.toString()));
    assertEquals(folder().toString(), out.toString().strip());
    assertFalse(Files.exists(folder()));
  }

  @Test
  void uninstallingWhatIsNotThereIsNoFailure() {
    assertEquals(0, run("uninstall", "--prefix", prefix.toString()));
    assertTrue(out.toString().startsWith("There is no kernel in "), out.toString());
  }

  @Test
  void twoPlacesAtOnceAreRefused() {
    assertNotEquals(0, run("install", "--user", "--prefix", prefix.toString()));
    assertTrue(err.toString().contains("mutually exclusive"), err.toString());
  }

  @Test
  void aPlaceThatCannotBeWrittenIsAClearError() throws IOException {
    Path file = Files.createFile(prefix.resolve("share"));
    assertNotEquals(0, run("install", "--prefix", prefix.toString()));
    assertTrue(err.toString().startsWith("Nothing was changed: "), err.toString());
    assertTrue(err.toString().contains(file.toString()), err.toString());
  }
}
