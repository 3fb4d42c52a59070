package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two processes do to one array. */
@Timeout(60)
class ArrayProcessesTest {
  @TempDir Path folder;

  @Test
  void whatOneProcessWritesTheOtherReads() throws Exception {
    try (Store store = Store.open(folder);
        var child = new ChildJvm(ArrayCommands.class, folder)) {
      assertEquals("ready", child.hear());
      SharedArray array = store.array("both", double.class, 100_000);
      array.setDouble(99_999, 1.5);
      child.say("get both 99999");
      assertEquals("1.5", child.hear());
      child.say("add both 2");
      assertEquals("100000", child.hear());
      assertEquals(3.5, array.getDouble(99_999));
      child.say("create theirs 7");
      assertEquals("theirs", child.hear());
      assertEquals(7, store.attachArray("theirs").size());
      child.killMinus9();
      assertEquals(2.0, array.getDouble(0), "nothing is swept by itself");
    }
  }

  @Test
  void processesThatCountAtOnceLoseNothing() throws Exception {
    try (Store store = Store.open(folder);
        var first = new ChildJvm(ArrayCommands.class, folder);
        var second = new ChildJvm(ArrayCommands.class, folder)) {
      assertEquals("ready", first.hear());
      assertEquals("ready", second.hear());
      SharedArray counts = store.array("counts", long.class, 1);
      first.say("count counts 300000");
      second.say("count counts 300000");
      for (int i = 0; i < 300_000; i++) {
        counts.atomicLongs().getAndAdd(0, 1);
      }
      assertEquals("counted", first.hear());
      assertEquals("counted", second.hear());
      assertEquals(900_000, counts.getLong(0));
    }
  }

  @Test
  void aProcessKilledWhileItCreatesArraysLeavesNothingToTheNext() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (var child = new ChildJvm(ArrayCommands.class, folder)) {
        assertEquals("ready", child.hear());
        child.say("loop-create a 2000000");
        assertEquals("looping", child.hear());
        Thread.sleep(7 * i);
        child.killMinus9();
      }
      assertTrue(files().stream().anyMatch(f -> f.endsWith(".npy")), "the kill came too early");
      try (Store store = Store.open(folder)) {
        assertEquals(List.of(), store.arrays());
      }
      assertEquals(Set.of(), files());
    }
  }

  private Set<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }
}
