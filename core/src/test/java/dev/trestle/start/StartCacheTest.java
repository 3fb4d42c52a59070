package dev.trestle.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
  @TempDir private Path folder;

  @Test
  void itIsStaleWhenAJarIsNewer() throws Exception {
    Path jar = Files.createFile(folder.resolve("kernel.jar"));
    StartCache cache = new StartCache(folder.resolve("kernel.aot"));
    assertFalse(cache.isFresh(List.of(jar)));
    Files.createFile(cache.file());
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertTrue(cache.isFresh(List.of(jar)));
    Files.setLastModifiedTime(cache.file(), FileTime.fromMillis(-1000));
    assertFalse(cache.isFresh(List.of(jar)));
  }

  @Test
  void foldersOnTheClassPathRuleItOut() {
    assertFalse(StartCache.isPossible(List.of(folder)));
  }

  @Test
  void aMissingOrBrokenCacheIsNoReasonToFailOrToSayAnything() throws Exception {
    StartCache cache = new StartCache(folder.resolve("kernel.aot"));
    assertStartsInSilence(cache);
    Files.write(cache.file(), new byte[100_000]);
    assertStartsInSilence(cache);
  }

  private void assertStartsInSilence(StartCache cache) throws Exception {
    Path out = folder.resolve("out");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(cache.flags());
    command.add("--version");
    Process run =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertEquals(0, run.waitFor());
    assertTrue(Files.readString(out).startsWith("openjdk"), Files.readString(out));
  }
}
