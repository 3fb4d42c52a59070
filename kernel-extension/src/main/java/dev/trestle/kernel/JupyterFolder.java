package dev.trestle.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Jupyter keeps its data, kernelspecs among them; the rules are those of jupyter_core. */
final class JupyterFolder {
  private JupyterFolder() {}

  /** The data folder of the user who runs this JVM. */
  static Path ofUser() {
    Path home = Path.of(System.getProperty("user.home"));
    return ofUser(System.getenv(), System.getProperty("os.name"), home);
  }

  /** A user's data folder, on any operating system. */
  static Path ofUser(Map<String, String> environment, String osName, Path home) {
    @Nullable String named = environment.get("JUPYTER_DATA_DIR");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    if (osName.startsWith("Mac")) {
      return home.resolve("Library/Jupyter");
    }
    if (osName.startsWith("Windows")) {
      @Nullable String roaming = environment.get("APPDATA");
      return (roaming != null ? Path.of(roaming) : home.resolve("AppData/Roaming"))
          .resolve("jupyter");
    }
    @Nullable String dataHome = environment.get("XDG_DATA_HOME");
    return (dataHome != null && !dataHome.isEmpty()
            ? Path.of(dataHome)
            : home.resolve(".local/share"))
        .resolve("jupyter");
  }

  /** The data folder below an installation prefix, such as {@code /usr/local} or a conda env. */
  static Path below(Path prefix) {
    return prefix.resolve("share/jupyter");
  }

  /**
   * The data folder of the Python that comes first on the PATH: that of an activated environment.
   *
   * @throws IOException if there is no such Python, or it does not answer
   */
  static Path ofPython() throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-c", "import sys; print(sys.prefix)")
            .redirectErrorStream(true)
            .start();
    String answer = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (python.waitFor() != 0) {
      throw new IOException("python3 could not tell its prefix: " + answer.strip());
    }
    return below(Path.of(answer.strip()));
  }
}
