package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.Progress;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is shown of a call, and when. */
class LiveCallTest {
  private final List<DisplayData> displayed = new ArrayList<>();
  private final List<DisplayData> updated = new ArrayList<>();
  private final LiveCall call = liveCall();

  private LiveCall liveCall() {
    return new LiveCall(new LiveOutput(displayed::add, updated::add), LiveCallTest::memory);
  }

  private static OptionalLong memory(Collection<Long> pids) {
    return OptionalLong.of((long) pids.size() << 20);
  }

  private static Progress after(int millis, long done, long total, long failed, boolean isOver) {
    List<Progress.Activity> workers =
        List.of(
            new Progress.Activity(1, 4001, isOver ? null : "task <7>", Duration.ofMillis(1250)),
            new Progress.Activity(2, 4002, null, Duration.ofSeconds(1)));
    return new Progress(done, total, failed, Duration.ofMillis(millis), workers, isOver);
  }

  private static String text(DisplayData data) {
    return (String) data.getData(MIMEType.TEXT_PLAIN);
  }

  private static Fragment html(DisplayData data) throws Exception {
    return Fragment.of((String) data.getData(MIMEType.TEXT_HTML));
  }

  @Test
  void aShortCallShowsNothing() {
    call.accept(after(100, 5, 20, 0, false));
    call.accept(after(450, 20, 20, 0, true));
    assertEquals(List.of(), displayed);
  }

  @Test
  void aShortCallThatFailsIsShown() {
    call.accept(after(30, 1, 20, 1, true));
    assertEquals(1, displayed.size());
    assertTrue(text(displayed.getFirst()).contains("failed after 1 of 20 tasks in 0 s"));
  }

  @Test
  void thereIsOneDisplayAndItsUpdatesHaveItsName() {
    for (int millis = 500; millis <= 2000; millis += 100) {
      call.accept(after(millis, millis / 100, 20, 0, false));
    }
    call.accept(after(2050, 20, 20, 0, true));
    assertEquals(1, displayed.size());
    assertFalse(updated.isEmpty());
    for (DisplayData each : updated) {
      assertEquals(displayed.getFirst().getDisplayId(), each.getDisplayId());
    }
  }

  @Test
  void reportsTenTimesASecondBecomeFiveUpdatesAndTheLastIsNeverLeftOut() {
    for (int millis = 0; millis < 3000; millis += 100) {
      call.accept(after(millis, millis / 100, 30, 0, false));
    }
    assertEquals(12, updated.size());
    call.accept(after(3001, 30, 30, 0, true));
    assertEquals(13, updated.size());
    assertTrue(text(updated.getLast()).contains("30 of 30 tasks in 3 s"), text(updated.getLast()));
  }

  @Test
  void aDisplayThatFailsDoesNotFailTheCall() {
    LiveCall deaf =
        new LiveCall(
            new LiveOutput(
                data -> {
                  throw new IllegalStateException("the front end has gone");
                },
                updated::add),
            LiveCallTest::memory);
    deaf.accept(after(600, 1, 20, 0, false));
    deaf.accept(after(900, 2, 20, 0, true));
    assertEquals(List.of(), updated);
  }

  @Test
  void theFiguresAreTotalRateTimeLeftAndFailures() {
    call.accept(after(4000, 42, 100, 2, false));
    assertEquals(
        "[#############                 ] "
            + "42 of 100 tasks, 10.5 a second, about 6 s left, 2 attempts failed",
        text(displayed.getFirst()));
  }

  @Test
  void aCallWithoutAKnownEndHasNoTimeLeft() {
    call.accept(after(4000, 42, -1, 0, false));
    assertEquals("42 tasks, 10.5 a second", text(displayed.getFirst()));
  }

  @Test
  void aCallThatWasInterruptedSaysThatItStopped() {
    call.accept(after(4000, 42, 100, 0, false));
    call.accept(after(4200, 43, 100, 0, true));
    assertTrue(text(updated.getLast()).contains("stopped after 43 of 100 tasks"));
  }

  @Test
  void eachWorkerHasALaneWithWhatItDoes() throws Exception {
    call.accept(after(4000, 42, 100, 0, false));
    List<String> words = html(displayed.getFirst()).texts("text");
    assertTrue(words.containsAll(List.of("42%", "worker 1", "worker 2", "idle")), words.toString());
    assertTrue(words.contains("task <7> for 1.3 s"), words.toString());
    assertTrue(words.contains("2.00 MiB"), words.toString());
    call.accept(after(4100, 100, 100, 0, true));
    words = html(updated.getLast()).texts("text");
    assertTrue(words.contains("busy 100% of the time"), words.toString());
    assertTrue(words.contains("peak 2.00 MiB"), words.toString());
  }

  @Test
  void ofManyWorkersTheFirstAreDrawnAndTheOthersCounted() throws Exception {
    List<Progress.Activity> workers =
        IntStream.rangeClosed(1, 40)
            .mapToObj(n -> new Progress.Activity(n, n, "task", Duration.ZERO))
            .toList();
    call.accept(new Progress(1, 100, 0, Duration.ofSeconds(1), workers, false));
    Fragment html = html(displayed.getFirst());
    assertTrue(html.texts("text").contains("worker 16"));
    assertFalse(html.texts("text").contains("worker 17"));
    assertTrue(html.text().contains("24 more workers"), html.text());
  }

  @Test
  void aTrailKeepsItsShapeInABoundedNumberOfPoints() {
    Trail trail = new Trail();
    for (int i = 0; i < 100_000; i++) {
      trail.add(i < 50_000 ? 1 : 3);
    }
    List<Double> points = trail.points();
    assertTrue(points.size() <= 97, points.size() + " points");
    assertEquals(1, points.getFirst());
    assertEquals(3, points.getLast());
    assertEquals(2, trail.mean(), 0.05);
  }
}
