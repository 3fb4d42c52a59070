package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void aLiveProcessHasOrderedFigures() throws Exception {
    try (var child = ChildProcess.sleeping()) {
      ProcessMemory memory = ProcessMemory.read(child.pid()).orElseThrow();
      assertEquals(child.pid(), memory.pid());
      assertTrue(0 < memory.uss() && memory.uss() <= memory.pss(), memory::toString);
      assertTrue(memory.pss() <= memory.rss(), memory::toString);
    }
  }

  @Test
  void aKilledProcessHasNone() throws Exception {
    try (var child = ChildProcess.sleeping()) {
      child.killAndWait();
      assertEquals(Optional.empty(), ProcessMemory.read(child.pid()));
    }
  }

  @Test
  void aProcessMayEndWhileItIsRead() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (var child = ChildProcess.sleeping()) {
        assertTrue(ProcessMemory.read(child.pid()).isPresent());
        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
        while (ProcessMemory.read(child.pid()).isPresent()) {
          Thread.onSpinWait(); // to meet the moment in which its memory is gone and it is not
        }
      }
    }
  }

  @Test
  void aPageThatTwoProcessesShareCountsHalfInEach(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("shared"), new byte[(int) (64 * MIB)]);
    try (var alone = ChildProcess.mapping(file)) {
      long before = MappedFiles.pss(alone.pid(), List.of(file));
      try (var second = ChildProcess.mapping(file)) {
        long shared = MappedFiles.pss(alone.pid(), List.of(file));
        assertNear(64 * MIB, before);
        assertNear(32 * MIB, shared);
        assertTrue(ProcessMemory.read(second.pid()).orElseThrow().pss() >= shared);
      }
    }
  }

  @Test
  void pagesInAMemoryFileSystemAreToldApart() throws Exception {
    Path file = Files.createTempFile(Path.of("/dev/shm"), "trestle-test", null);
    try {
      Files.write(file, new byte[(int) (8 * MIB)]);
      try (var child = ChildProcess.mapping(file)) {
        assertNear(8 * MIB, ProcessMemory.read(child.pid()).orElseThrow().pssShmem());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void assertNear(long expected, long bytes) {
    assertTrue(Math.abs(expected - bytes) < MIB / 2, () -> bytes + " is not about " + expected);
  }
}
