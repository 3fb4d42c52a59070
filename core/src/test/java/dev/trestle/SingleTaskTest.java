package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.memory.ProcessCpu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls with one task, whose caller reads the answer itself if that comes at once. */
@Timeout(60)
class SingleTaskTest extends WithWorkers {
  private static final int ROUNDS = 12;

  private static int twice(int n) {
    return workers.map(List.of(n), i -> 2 * i).getFirst();
  }

  @Test
  void manyInARowAreAnsweredOneByOne() {
    for (int i = 0; i < 3000; i++) {
      assertEquals(2 * i, twice(i));
    }
  }

  @Test
  void slowOnesAmongThemAreAnsweredToo() {
    for (int i = 0; i < 40; i++) {
      boolean isSlow = i % 4 == 0;
      assertEquals(
          List.of(i),
          workers.map(
              List.of(i),
              n -> {
                Thread.sleep(isSlow ? 20 : 0);
                return n;
              }));
    }
  }

  @Test
  void aLargeResultComesInManyPieces() {
    for (int i = 1; i < 10; i++) {
      int size = i * 300_000;
      byte[] bytes = workers.map(List.of(size), byte[]::new).getFirst();
      assertEquals(size, bytes.length);
      assertEquals(size, workers.map(List.of(bytes), sent -> sent.length).getFirst());
    }
  }

  @Test
  void callersInSeveralThreadsGetTheirOwnAnswers() {
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      int from = 1000 * caller;
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = from; i < from + 1000; i++) {
                  assertEquals(2 * i, twice(i));
                }
              },
              command -> Thread.ofPlatform().start(command)));
    }
    callers.forEach(CompletableFuture::join);
  }

  @Test
  @Tag("slow")
  void aCallerInterruptedAtAnyMomentLeavesWorkersThatAnswer() throws Exception {
    var random = new Random(4);
    int cancelled = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Thread caller = Thread.currentThread();
      long delay = random.nextLong(3_000_000);
      Thread interrupter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Thread.sleep(Duration.ofNanos(delay));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                caller.interrupt();
              });
      try {
        for (int i = 0; ; i++) {
          assertEquals(2 * i, twice(i));
        }
      } catch (CancellationException e) {
        cancelled++;
        assertTrue(Thread.interrupted());
      }
      interrupter.join();
      assertEquals(2, twice(1));
    }
    assertEquals(ROUNDS, cancelled);
  }

  @Test
  void nobodyLooksForMessagesInAPoolThatIsIdle() {
    for (int i = 0; i < 200; i++) {
      twice(i);
    }
    long[] ticks = {Long.MAX_VALUE};
    NothingLeft.await(() -> {
      ticks[0] = ticksIn(Duration.ofMillis(500));
      return ticks[0] <= 1;
    });
    assertTrue(ticks[0] <= 1, () -> "%d ticks in half a second".formatted(ticks[0]));
  }

  /** What the workers use of a processor meanwhile, in steps of 10 ms: one that looks uses 50. */
  private static long ticksIn(Duration time) {
    List<Long> pids = workers.pids();
    long before = millis(pids);
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return (millis(pids) - before) / 10;
  }

  private static long millis(List<Long> pids) {
    LongStream each =
        pids.stream()
            .mapToLong(pid -> ProcessCpu.read(pid).map(cpu -> cpu.own().toMillis()).orElse(0L));
    return each.sum();
  }
}
