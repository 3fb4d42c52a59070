package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JupyterFolderTest {
  private static final Path HOME = Path.of("/home/ada");

  private static Path ofUser(String osName, Map<String, String> environment) {
    return JupyterFolder.ofUser(environment, osName, HOME);
  }

  @Test
  void jupytersOwnVariableComesFirst() {
    Map<String, String> environment =
        Map.of("JUPYTER_DATA_DIR", "/data/jupyter", "XDG_DATA_HOME", "/xdg");
    assertEquals(Path.of("/data/jupyter"), ofUser("Linux", environment));
    assertEquals(Path.of("/data/jupyter"), ofUser("Mac OS X", environment));
  }

  @Test
  void onLinuxTheXdgFolderIsUsed() {
    assertEquals(Path.of("/xdg/jupyter"), ofUser("Linux", Map.of("XDG_DATA_HOME", "/xdg")));
    assertEquals(HOME.resolve(".local/share/jupyter"), ofUser("Linux", Map.of()));
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    assertEquals(
        HOME.resolve(".local/share/jupyter"),
        ofUser("Linux", Map.of("JUPYTER_DATA_DIR", "", "XDG_DATA_HOME", "")));
  }

  @Test
  void onAMacItIsInTheLibrary() {
    assertEquals(HOME.resolve("Library/Jupyter"), ofUser("Mac OS X", Map.of()));
  }
}
