package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.namespace.ChronicleFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write, read and lock as fast as they can, killed at any moment. */
class NamespaceKillTest {
  private static final int LANES = 2;
  private static final int KEYS = 13; // of one writer

  @TempDir Path folder;

  /** What the last writer of a key is known to have written. */
  private final Map<String, Object> committed = new ConcurrentHashMap<>();

  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicLong acknowledged = new AtomicLong();

  @Test
  @Tag("slow")
  @Timeout(300)
  void aKilledProcessLosesNoCommittedEntryAndKeepsNobodyWaiting() throws Exception {
    kill(110);
  }

  @Test
  @Tag("stress")
  @Timeout(3600)
  void nothingIsLostByFiveHundredKillsEither() throws Exception {
    kill(500);
  }

  private void kill(int wanted) throws Exception {
    // The common pool may have one thread only.
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new);
        Store store = Store.open(folder)) {
      Namespace namespace = store.namespace();
      var over = new AtomicBoolean();
      var bystander = CompletableFuture.supplyAsync(() -> longestWait(namespace, over), threads);
      List<CompletableFuture<Void>> lanes =
          IntStream.range(0, LANES)
              .mapToObj(lane ->
                  CompletableFuture.runAsync(() -> killWriters(namespace, lane, wanted), threads))
              .toList();
      try {
        lanes.forEach(CompletableFuture::join);
      } finally {
        over.set(true);
      }
      long longest = bystander.join();
      committed.forEach((key, value) -> assertEquals(value, namespace.get(key), key));
      System.out.printf(
          "namespace: %d kills, %,d acknowledged changes; the longest wait of a bystander %d ms%n",
          kills.get(), acknowledged.get(), longest / 1_000_000);
      assertTrue(longest < 10_000_000_000L, longest + " ns"); // 2 s, and a busy machine
    }
  }

  private void killWriters(Namespace namespace, int lane, int wanted) {
    var random = new Random(lane);
    try {
      for (int round = 0; round < wanted / LANES; round++) {
        // Each third one has no Chronicle Map.
        List<String> flags = new ArrayList<>(round % 3 == 2 ? List.of() : ChronicleFlags.all());
        flags.add("-XX:TieredStopAtLevel=1");
        String mine = "w" + lane + "-" + round + "-";
        try (var child = NamespaceCommands.start(flags, folder)) {
          child.say("write " + mine);
          List<String> lines = new ArrayList<>();
          for (int more = 1 + random.nextInt(100); more > 0; more--) {
            lines.add(child.hear());
          }
          Thread.sleep(0, random.nextInt(999_999));
          child.killMinus9Unheard();
          for (String line = child.hear(); line != null; line = child.hear()) {
            lines.add(line);
          }
          kills.incrementAndGet();
          check(namespace, mine, lines);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that was acknowledged is there; of what was under way each part is there or is not. */
  private void check(Namespace namespace, String mine, List<String> lines) {
    String last = lines.getLast();
    if (!last.matches("\\d+ \\d+")) {
      last = lines.get(lines.size() - 2); // killed while it said so
    }
    long known = Long.parseLong(last.substring(0, last.indexOf(' ')));
    acknowledged.addAndGet(known);
    for (long i = Math.max(1, known - KEYS + 1); i <= known; i++) {
      String key = mine + i % KEYS;
      String value = NamespaceCommands.value(i);
      // The changes after the last acknowledged one may have been made, too.
      Object found = namespace.get(key);
      if (!value.equals(found)) {
        long next = known + 1 + Math.floorMod(i - known - 1, KEYS);
        assertTrue(next == known + 1, key + " should be " + i + " and is " + found);
        assertEquals(NamespaceCommands.value(next), found, key);
      }
      committed.put(key, found);
    }
    long total = namespace.get("total-" + mine, Long.class);
    assertTrue(total == known || total == known + 1, known + " " + total);
    committed.put("total-" + mine, total);
  }

  /** Does one of each in turn and says how long the longest took, in nanoseconds. */
  private static long longestWait(Namespace namespace, AtomicBoolean over) {
    long longest = 0;
    for (long i = 0; !over.get(); i++) {
      long start = System.nanoTime();
      namespace.put("bystander", NamespaceCommands.value(i));
      assertEquals(NamespaceCommands.value(i), namespace.get("bystander"));
      namespace.getAndAdd("steps", 1);
      try (Namespace.Lock lock = namespace.lock("shared")) {
        namespace.signal("bystander");
      }
      longest = Math.max(longest, System.nanoTime() - start);
    }
    return longest;
  }
}
