package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
  @TempDir private Path folder;

  @Test
  void itIsStaleWhenAJarIsNewer() throws Exception {
    Path jar = Files.createFile(folder.resolve("kernel.jar"));
    StartCache cache = StartCache.of(List.of(jar));
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
    StartCache cache = StartCache.of(List.of(folder.resolve("kernel.jar")));
    assertStartsInSilence(cache);
    Files.write(cache.file(), new byte[100_000]);
    assertStartsInSilence(cache);
  }

  private void assertStartsInSilence(StartCache cache) throws Exception {
    List<String> command = new ArrayList<>(List.of(KernelSpec.ofThisJvm().java().toString()));
    command.addAll(cache.flags());
    command.add("--version");
    Command run = Command.run(folder, Map.of(), Duration.ofMinutes(1), command);
    assertTrue(run.outputOfSuccess().startsWith("openjdk"), run.out());
    assertEquals("", run.err());
  }
}
