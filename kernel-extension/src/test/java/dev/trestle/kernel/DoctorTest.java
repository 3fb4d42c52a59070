package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.Doctor.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path folder;

  private Finding finding(String containing) {
    List<Finding> findings =
        new Doctor(List.of(folder), List.of(folder.resolve("data")), folder).findings();
    return findings.stream()
        .filter(each -> each.what().contains(containing))
        .findFirst()
        .orElseThrow(() -> new AssertionError(findings));
  }

  @Test
  void theJdkThatRunsItIsGood() {
    assertNull(finding("Java " + Runtime.version()).remedy());
  }

  @Test
  void aMissingJupyterIsSaidWithWhatToInstall() throws Exception {
    assertNotNull(finding("no Jupyter").remedy());
    assertTrue(Files.createFile(folder.resolve("jupyter")).toFile().setExecutable(true));
    assertNull(finding("Jupyter: " + folder.resolve("jupyter")).remedy());
  }

  @Test
  void aKernelThatIsNotInstalledOrHasMovedIsSaid() throws Exception {
    assertEquals("./trestle kernel install --user", finding("the kernel is in none of").remedy());
    KernelSpec.ofThisJvm().installInto(folder.resolve("data"));
    assertNull(finding("kernel: ").remedy());
    Path java = KernelSpec.ofThisJvm().java();
    new KernelSpec(java, List.of(folder.resolve("gone.jar"))).installInto(folder.resolve("data"));
    assertNotNull(finding("gone.jar, which is not there").remedy());
    new KernelSpec(folder.resolve("no-java"), List.of()).installInto(folder.resolve("data"));
    assertNotNull(finding("no-java, which is not there").remedy());
  }
}
