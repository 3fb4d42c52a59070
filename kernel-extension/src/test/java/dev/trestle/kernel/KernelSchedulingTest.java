package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the operating system is told to treat the threads of a kernel. */
@Tag("slow")
class KernelSchedulingTest {
  private static final int SCHED_BATCH = 3; // sched.h

  @Test
  void onlyTheThreadOfTheSocketsIsScheduledToLetOthersGoFirst(@TempDir Path folder)
      throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    try (KernelClient kernel = KernelClient.start(folder)) {
      long pid = kernel.process().pid();
      assertEquals(Set.of(SCHED_BATCH), policies(pid, "iothread"));
      assertEquals(Set.of(0), policies(pid, "cells"));
      assertEquals(Set.of(0), policies(pid, "java"));
    }
  }

  /** How a process' threads with names that begin so are scheduled: proc(5), field 41 of stat. */
  private static Set<Integer> policies(long pid, String name) throws IOException {
    Set<Integer> found = new HashSet<>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc/%d/task".formatted(pid)))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).startsWith(name)) {
          String stat = Files.readString(thread.resolve("stat"));
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          found.add(Integer.valueOf(fields[41 - 3]));
        }
      }
    } catch (NoSuchFileException e) {
      return policies(pid, name); // one of the threads has ended meanwhile
    }
    return found;
  }
}
