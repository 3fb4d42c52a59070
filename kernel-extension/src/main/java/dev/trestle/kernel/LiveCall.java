package dev.trestle.kernel;

import dev.trestle.worker.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One call of workers, shown below its cell while it runs and as it ended. A short one is not worth
 * a line, unless it fails.
 *
 * <p>Told by the thread that waits for the call, so its last picture is there before the cell ends.
 */
final class LiveCall implements Consumer<Progress> {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration BETWEEN_PICTURES =
      Duration.ofMillis(190); // with each second report

  private final LiveOutput output;
  private final Function<Collection<Long>, OptionalLong> gauge;
  private final Map<Integer, Lane> lanes = new TreeMap<>(); // by number
  private final Trail memory = new Trail();
  private long peak;
  private Duration next = SHORT;
  private boolean isBroken;

  /** What one worker did so far, and does. */
  private static final class Lane {
    private final Trail busy = new Trail();
    private Progress.Activity latest;

    Lane(Progress.Activity first) {
      this.latest = first;
    }
  }

  /**
   * @param gauge the memory of this JVM and of some others, if it can be told now
   */
  LiveCall(LiveOutput output, Function<Collection<Long>, OptionalLong> gauge) {
    this.output = output;
    this.gauge = gauge;
  }

  @Override
  public void accept(Progress progress) {
    if (isBroken) {
      return;
    }
    try {
      note(progress);
      if (isWorthAPicture(progress)) {
        measure(progress.workers());
        show(progress);
        next = progress.elapsed().plus(BETWEEN_PICTURES);
      }
    } catch (RuntimeException e) {
      // A front end that has gone away is no reason for a call to fail.
      isBroken = true;
    }
  }

  private boolean isWorthAPicture(Progress progress) {
    boolean isShort = progress.elapsed().compareTo(SHORT) < 0;
    return progress.isOver()
        ? !isShort || progress.failed() > 0 || output.isShown()
        : progress.elapsed().compareTo(next) >= 0;
  }

  private void note(Progress progress) {
    for (Progress.Activity each : progress.workers()) {
      Lane lane = lanes.computeIfAbsent(each.worker(), number -> new Lane(each));
      lane.latest = each;
      if (!progress.isOver()) {
        lane.busy.add(each.task() == null ? 0 : 1);
      }
    }
  }

  private void measure(List<Progress.Activity> workers) {
    List<Long> pids = workers.stream().map(Progress.Activity::pid).filter(pid -> pid != 0).toList();
    gauge
        .apply(pids)
        .ifPresent(bytes -> {
          memory.add((double) bytes);
          peak = Math.max(peak, bytes);
        });
  }

  private void show(Progress progress) {
    List<CallPicture.Lane> shown =
        lanes.values().stream()
            .map(lane -> new CallPicture.Lane(lane.latest, lane.busy.points(), lane.busy.mean()))
            .toList();
    CallPicture picture = new CallPicture(progress, shown, memory.points(), peak);
    output.put(picture.text(), picture.html());
  }
}
