package dev.trestle.kernel;

import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One part of the memory of a cell over time.
 *
 * @param name of a process, or of what several have together
 * @param kind how it is drawn
 */
record MemoryBand(String name, Kind kind, ToLongFunction<Moment> figure) {
  enum Kind {
    SHARED,
    FILES,
    PROCESS
  }

  private static final int MOST_PROCESSES = 8;

  /** The bands of a timeline from the bottom to the top: what is shared, then the processes. */
  static List<MemoryBand> of(MemoryTimeline timeline) {
    List<MemoryBand> bands = new ArrayList<>();
    if (timeline.moments().stream().anyMatch(moment -> moment.shared() > 0)) {
      bands.add(new MemoryBand("shared tables", Kind.SHARED, Moment::shared));
    }
    if (timeline.moments().stream().anyMatch(moment -> moment.files() > 0)) {
      bands.add(new MemoryBand("mapped files", Kind.FILES, Moment::files));
    }
    List<String> names = timeline.processes();
    List<String> largest =
        names.stream()
            .map(MemoryBand::process)
            .sorted(Comparator.comparingLong((MemoryBand b) -> b.largest(timeline)).reversed())
            .limit(MOST_PROCESSES)
            .map(MemoryBand::name)
            .toList();
    names.stream().filter(largest::contains).map(MemoryBand::process).forEach(bands::add);
    List<String> others = names.stream().filter(name -> !largest.contains(name)).toList();
    if (!others.isEmpty()) {
      bands.add(
          new MemoryBand(
              others.size() + " more",
              Kind.PROCESS,
              moment -> others.stream().mapToLong(name -> own(moment, name)).sum()));
    }
    return bands;
  }

  private static MemoryBand process(String name) {
    return new MemoryBand(name, Kind.PROCESS, moment -> own(moment, name));
  }

  private static long own(Moment moment, String process) {
    return moment.own().getOrDefault(process, 0L);
  }

  /** Its size at a moment, in bytes. */
  long of(Moment moment) {
    return figure.applyAsLong(moment);
  }

  /** The most that it ever was, in bytes. */
  long largest(MemoryTimeline timeline) {
    return timeline.moments().stream().mapToLong(this::of).max().orElse(0);
  }
}
