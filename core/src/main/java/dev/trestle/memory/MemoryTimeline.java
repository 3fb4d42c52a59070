package dev.trestle.memory;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some processes and what they share took, moment by moment.
 *
 * <p>The parts of a moment add up without counting a page twice: what each process has for itself
 * (heap, stacks), the files on disks that they map, and the shared tables and arrays.
 *
 * @param moments at least one, in order
 * @param marks when something began, in order
 */
public record MemoryTimeline(List<Moment> moments, List<Mark> marks) {

  /**
   * One reading; sizes in bytes.
   *
   * @param at time since the recording began
   * @param own by the name of a process, in the order in which they are to be shown: its PSS
   *     without the next two
   * @param files the PSS of all processes in files on disks: the JVM itself, jars, tables on disk
   * @param shared what tables and arrays take in memory file systems, mapped or not, once
   * @param available what new work could have on this machine without swapping
   */
  public record Moment(
      Duration at, Map<String, Long> own, long files, long shared, long available) {
    /** All memory that is in use on behalf of the processes. */
    public long total() {
      return own.values().stream().mapToLong(Long::longValue).sum() + files + shared;
    }
  }

  /** Something began; a label of a few words. */
  public record Mark(Duration at, String label) {}

  public MemoryTimeline {
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("a timeline without a moment");
    }
    moments = List.copyOf(moments);
    marks = List.copyOf(marks);
  }

  /** The processes seen, in the order in which they appeared. */
  public List<String> processes() {
    Set<String> names = new LinkedHashSet<>();
    moments.forEach(moment -> names.addAll(moment.own().keySet()));
    return List.copyOf(names);
  }

  /** The moment with the largest total; the first of several. */
  public Moment peak() {
    return peak(Duration.ZERO, length());
  }

  /**
   * The moment with the largest total between two times, both included; if there is no reading
   * between them, the one before.
   */
  public Moment peak(Duration from, Duration to) {
    return moments.stream()
        .filter(m -> m.at().compareTo(from) >= 0 && m.at().compareTo(to) <= 0)
        // max returns the last of equals
        .reduce((a, b) -> b.total() > a.total() ? b : a)
        .orElseGet(() -> at(from));
  }

  /** The last reading at a time or before it; the first one if there is none. */
  public Moment at(Duration time) {
    return moments.stream()
        .filter(moment -> moment.at().compareTo(time) <= 0)
        .max(Comparator.comparing(Moment::at))
        .orElse(moments.getFirst());
  }

  /** The time of the last reading. */
  public Duration length() {
    return moments.getLast().at();
  }
}
