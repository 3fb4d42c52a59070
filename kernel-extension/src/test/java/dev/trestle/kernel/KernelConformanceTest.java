package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite that Jupyter's own people test kernels with, started as Jupyter starts kernels. */
@Tag("notebook")
class KernelConformanceTest {
  @Test
  void jupyterKernelTestPassesWithoutAFailure(@TempDir Path folder) throws Exception {
    KernelCommand.commandLine().execute("install", "--prefix", folder.toString());
    String python =
        Command.required("trestle.python", "/usr/bin/python3", "python3-jupyter-kernel-test");
    Path suite = Path.of("src/test/python/test_kernel.py").toAbsolutePath();
    Command run =
        Command.run(
            folder,
            Map.of(
                "JUPYTER_PATH", folder.resolve("share/jupyter").toString(),
                "JUPYTER_DATA_DIR", folder.resolve("data").toString(),
                "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
                "PYTHONDONTWRITEBYTECODE", "1",
                "TMPDIR", folder.toString(),
                "TRESTLE_HISTORY", "off",
                "TRESTLE_STORE", folder.resolve("store").toString()),
            Duration.ofMinutes(3),
            List.of(python, suite.toString()));
    run.outputOfSuccess();
    // The one that is skipped is about payloads for a pager, which this kernel has no use for.
    assertTrue(
        run.err().strip().matches("(?s).*Ran 12 tests in .*\\s+OK \\(skipped=1\\)"), run.err());
  }
}
