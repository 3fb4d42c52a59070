package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.memory.MemoryTimeline.Mark;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineRecorderTest {
  private static final long MIB = 1 << 20;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Map<Long, String> THIS = Map.of(ProcessHandle.current().pid(), "this JVM");

  private static long recorders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("trestle-memory-timeline"))
        .count();
  }

  @Test
  void aProcessThatEndsLeavesTheTimeline() throws Exception {
    try (var child = ChildProcess.sleeping();
        var recorder =
            TimelineRecorder.start(() -> Map.of(child.pid(), "child"), () -> 0L, NEVER)) {
      child.killAndWait();
      MemoryTimeline timeline = recorder.finish();
      assertEquals(List.of("child"), timeline.processes());
      assertTrue(timeline.moments().getFirst().own().get("child") > 0);
      assertEquals(Map.of(), timeline.moments().getLast().own());
    }
  }

  @Test
  void whatProcessesMapOfADiskIsToldApartFromWhatIsTheirOwn(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("table"), new byte[(int) (64 * MIB)]);
    try (var child = ChildProcess.mapping(file);
        var recorder =
            TimelineRecorder.start(() -> Map.of(child.pid(), "child"), () -> 0L, NEVER)) {
      Moment moment = recorder.readNow();
      long outside = moment.files() + moment.shared(); // the folder may be a memory file system
      assertTrue(outside > 64 * MIB, moment::toString);
      assertEquals(moment.total(), moment.own().get("child") + outside);
      assertTrue(moment.available() > 0);
    }
  }

  @Test
  void whatIsSharedCountsThoughNobodyMapsIt() {
    try (var recorder = TimelineRecorder.start(() -> THIS, () -> 1L << 40, NEVER)) {
      assertEquals(1L << 40, recorder.finish().peak().shared());
    }
  }

  @Test
  void marksComeInOrderBetweenTheReadings() {
    try (var recorder = TimelineRecorder.start(() -> THIS, () -> 0L, NEVER)) {
      recorder.mark("load");
      recorder.mark("join");
      MemoryTimeline timeline = recorder.finish();
      assertEquals(List.of("load", "join"), timeline.marks().stream().map(Mark::label).toList());
      assertEquals(2, timeline.moments().size());
      assertTrue(timeline.marks().getLast().at().compareTo(timeline.length()) <= 0);
    }
  }

  @Test
  void theThreadReadsByItselfAndEndsWithTheRecorder() throws Exception {
    CountDownLatch asked = new CountDownLatch(5);
    try (var recorder =
        TimelineRecorder.start(
            () -> {
              asked.countDown();
              return THIS;
            },
            () -> 0L,
            Duration.ofMillis(1))) {
      asked.await();
      assertTrue(recorder.finish().moments().size() >= 5);
    }
    assertEquals(0, recorders());
  }

  @Test
  void theThreadEndsWithTheOneThatForgotToCloseTheRecorder() throws Exception {
    AtomicReference<Boolean> recorded = new AtomicReference<>(false);
    Thread careless =
        new Thread(() -> {
          TimelineRecorder.start(() -> THIS, () -> 0L, Duration.ofMillis(1));
          recorded.set(true);
        });
    careless.start();
    careless.join();
    assertTrue(recorded.get());
    for (int i = 0; i < 1000 && recorders() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, recorders());
  }

  @Test
  void aLongRecordingKeepsItsPeakAndLittleElse() {
    long[] shared = {0};
    try (var recorder = TimelineRecorder.start(Map::of, () -> shared[0], NEVER)) {
      for (int i = 0; i < 5 * TimelineRecorder.MOST_MOMENTS; i++) {
        shared[0] = i == 1234 ? MIB : 1;
        recorder.readNow();
      }
      MemoryTimeline timeline = recorder.finish();
      assertTrue(timeline.moments().size() <= TimelineRecorder.MOST_MOMENTS);
      assertEquals(MIB, timeline.peak().shared());
    }
  }

  @Test
  void aTimelineTellsThePeakBetweenTwoTimes() {
    MemoryTimeline timeline =
        new MemoryTimeline(
            List.of(moment(0, 5), moment(10, 9), moment(20, 7), moment(30, 1)), List.of());
    assertEquals(9, timeline.peak().total());
    assertEquals(7, timeline.peak(Duration.ofMillis(15), Duration.ofMillis(30)).total());
    assertEquals(7, timeline.peak(Duration.ofMillis(25), Duration.ofMillis(26)).total());
    assertEquals(5, timeline.at(Duration.ofMillis(9)).total());
    assertFalse(timeline.length().isZero());
  }

  private static Moment moment(long millis, long own) {
    return new Moment(Duration.ofMillis(millis), Map.of("this JVM", own), 0, 0, 100);
  }
}
