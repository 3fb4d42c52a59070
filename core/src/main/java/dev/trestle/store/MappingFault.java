package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Says which table it was when mapped memory cannot be read any more.
 *
 * <p>A page that a file has lost, because somebody cut it or the disk failed, ends in a SIGBUS. The
 * JVM makes that an {@link InternalError}, in compiled code a few instructions late: not at the
 * access, but at the next poll of the method that it was inlined into. So it is caught where an
 * operation begins, not where a value is read. Until it arrives, the thread may compute with
 * rubbish, but no result gets out.
 *
 * <p>Only reads that the JVM knows to be unsafe are covered. {@code MemorySegment.mismatch} is not
 * (its vectorised stub kills the JVM, seen on JDK 25): see {@link MappedBytes}.
 */
public final class MappingFault {
  /** By what keeps the mapping. */
  private static final Map<Object, List<Watched>> MAPPED =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A mapped file.
   *
   * @param words what it is, with its path
   * @param table the table's own file
   * @param size in bytes, when it was mapped
   */
  private record Watched(String words, Path table, Path path, long size) {
    boolean isOfCommitted() {
      return Files.exists(table);
    }

    /** Whether the other one is the same file of the table under the name that it got since. */
    boolean isDraftOf(Watched other) {
      return other.path.equals(path) && other.isOfCommitted();
    }

    long sizeNow() {
      try {
        return Files.size(path);
      } catch (IOException e) {
        return size; // dropped: its pages stay while it is mapped
      }
    }
  }

  private MappingFault() {}

  static void watch(TableFile file) {
    List<Watched> files = new ArrayList<>();
    files.add(new Watched("table file " + file.path(), file.path(), file.path(), file.size()));
    SourceStamp source = file.source();
    if (source != null) {
      files.add(
          new Watched(
              "file %s, which the table in %s reads in place,"
                  .formatted(source.path(), file.path()),
              file.path(),
              source.path(),
              source.size()));
    }
    MAPPED.put(file, List.copyOf(files));
  }

  /**
   * The exception to throw in place of an error.
   *
   * @throws InternalError the same one, if it is about something else
   */
  public static DamagedTableException explain(InternalError error) {
    if (!isOne(error)) {
      throw error;
    }
    return damaged(error);
  }

  /**
   * What was thrown; or if it, or what caused it, is about mapped memory, an exception that says so
   * and has it as its cause.
   */
  public static Throwable explained(Throwable thrown) {
    // Causes may go round in a circle; nobody nests them as deep as that.
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 100; depth++) {
      if (cause instanceof DamagedTableException) {
        return thrown; // it has been explained already
      }
      if (isOne(cause)) {
        DamagedTableException damaged = damaged(thrown);
        damaged.setStackTrace(thrown.getStackTrace()); // where it was read, not explained
        return damaged;
      }
      cause = cause.getCause();
    }
    return thrown;
  }

  private static boolean isOne(Throwable thrown) {
    // The words of HotSpot's handler; a fork-join task that fails repeats them.
    return thrown instanceof InternalError
        && String.valueOf(thrown.getMessage()).contains("unsafe memory access");
  }

  private static DamagedTableException damaged(Throwable error) {
    List<String> cut = cut();
    return new DamagedTableException(
        cut.isEmpty()
            ? "a mapped file cannot be read any more; is its disk in order?"
            : String.join("; ", cut)
                + ". What was read of it since is void: drop the table, and share it again",
        error);
  }

  private static List<String> cut() {
    List<Watched> files;
    synchronized (MAPPED) {
      files = MAPPED.values().stream().flatMap(List::stream).toList();
    }
    List<Watched> cut = files.stream().filter(file -> file.sizeNow() < file.size()).toList();
    return cut.stream()
        .filter(file -> file.isOfCommitted() || cut.stream().noneMatch(file::isDraftOf))
        .map(file ->
            "%s had %,d bytes when it was mapped, and something has cut it to %,d"
                .formatted(file.words(), file.size(), file.sizeNow()))
        .distinct()
        .sorted()
        .toList();
  }
}
