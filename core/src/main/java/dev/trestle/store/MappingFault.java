package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
  private static final Set<TableFile> MAPPED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private MappingFault() {}

  static void watch(TableFile file) {
    MAPPED.add(file);
  }

  /**
   * The exception to throw in place of an error.
   *
   * @throws InternalError the same one, if it is about something else
   */
  public static DamagedTableException explain(InternalError error) {
    // The words of HotSpot's handler; a fork-join task that fails repeats them.
    if (!String.valueOf(error.getMessage()).contains("unsafe memory access")) {
      throw error;
    }
    List<String> cut = cut();
    return new DamagedTableException(
        cut.isEmpty()
            ? "a mapped file cannot be read any more; is its disk in order?"
            : String.join("; ", cut)
                + ". What was read of it since is void: drop the table, and share it again",
        error);
  }

  private static List<String> cut() {
    List<TableFile> files;
    synchronized (MAPPED) {
      files = new ArrayList<>(MAPPED);
    }
    return files.stream()
        .filter(file -> sizeNow(file) < file.size())
        .map(file ->
            "table file %s had %,d bytes when it was mapped, and something has cut it to %,d"
                .formatted(file.path(), file.size(), sizeNow(file)))
        .distinct()
        .sorted()
        .toList();
  }

  private static long sizeNow(TableFile file) {
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      return file.size(); // dropped: its pages stay while it is mapped
    }
  }
}
