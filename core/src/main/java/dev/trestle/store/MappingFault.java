package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says which table or array it was when mapped memory cannot be read any more.
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

  private static final String ADVICE =
      ". What was read of it since is void: drop it, and share it again";

  /** How many files a message names. */
  private static final int NAMED = 5;

  /**
   * A mapped file.
   *
   * @param words what it is, with its path
   * @param table the file of the table or array that it belongs to
   * @param path its name
   * @param key what tells it from another file that has this name later; null if that is not known
   * @param size in bytes, when it was mapped
   * @param address where it is mapped, of a table's own file; else 0
   */
  private record Watched(
      String words, Path table, Path path, @Nullable Object key, long size, long address) {
    boolean holds(long place) {
      return place >= address && place - address < size;
    }

    boolean isOfCommitted() {
      return Files.exists(table);
    }

    /** Whether the other one is the same file of the table under the name that it got since. */
    boolean isDraftOf(Watched other) {
      return other.path.equals(path) && other.isOfCommitted();
    }

    /** What is dropped or replaced, and so has no name any more, stays whole while it is mapped. */
    long sizeNow() {
      try {
        var now = Files.readAttributes(path, BasicFileAttributes.class);
        return key == null || key.equals(now.fileKey()) ? now.size() : size;
      } catch (IOException e) {
        return size;
      }
    }

    boolean isCut() {
      return sizeNow() < size;
    }

    String cut() {
      return "%s had %,d bytes when it was mapped, and something has cut it to %,d"
          .formatted(words, size, sizeNow());
    }
  }

  private MappingFault() {}

  /**
   * Remembers a file for as long as something uses its mapping.
   *
   * @param user what keeps the mapping
   * @param words what the file is, with its path
   * @param size in bytes
   */
  public static void watch(Object user, String words, Path path, long size) {
    MAPPED.put(user, List.of(new Watched(words, path, path, key(path), size, 0)));
  }

  /**
   * @param link a name that is this very file's
   */
  static void watch(TableFile file, Path link) {
    watch(file, key(link));
  }

  /** The same mapping under another name; either may be let go first. */
  static void watchToo(TableFile file, TableFile before) {
    List<Watched> known = MAPPED.get(before);
    watch(file, known == null ? null : known.getFirst().key());
  }

  private static void watch(TableFile file, @Nullable Object key) {
    List<Watched> files = new ArrayList<>();
    files.add(
        new Watched(
            "table file " + file.path(),
            file.path(),
            file.path(),
            key,
            file.size(),
            file.mapping().address()));
    SourceStamp source = file.source();
    if (source != null) {
      files.add(
          new Watched(
              "file %s, which the table in %s reads in place,"
                  .formatted(source.path(), file.path()),
              file.path(),
              source.path(),
              key(source.path()),
              source.size(),
              0));
    }
    MAPPED.put(file, List.copyOf(files));
  }

  /**
   * What to throw for a value that cannot be in a whole file: the rows of a table of the store are
   * not looked at when it is attached, and what is mapped may be written over.
   *
   * @param near what lies in the same file
   */
  public static DamagedTableException damaged(MemorySegment near, String how) {
    long place = near.address();
    String file =
        mapped().stream()
            .filter(watched -> near.isMapped() && watched.holds(place))
            .max(Comparator.comparing(Watched::isOfCommitted)) // else the name it had as a draft
            .map(Watched::words)
            .orElse("the file");
    return new DamagedTableException(
        "%s is damaged: %s. Drop the table and share it again from its source"
            .formatted(file, how));
  }

  private static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
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
   * The exception to throw in place of one of a write, or null: if mapped memory is handed to the
   * operating system and a page of it is lost, that says "Bad address", in any language.
   */
  static @Nullable DamagedTableException explain(IOException failure) {
    return cut(mapped()).isEmpty() ? null : damaged(failure);
  }

  /**
   * Looks whether a table's file, or a foreign one that it reads, is as long as it was.
   *
   * @throws DamagedTableException if not
   */
  static void check(TableFile file) {
    for (Watched watched : MAPPED.getOrDefault(file, List.of())) {
      if (watched.isCut()) {
        throw new DamagedTableException(watched.cut() + ADVICE);
      }
    }
  }

  /** Something that reads or writes mapped memory. */
  @FunctionalInterface
  public interface Operation<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Runs an operation, and says which file it was if that has lost pages.
   *
   * @throws DamagedTableException if it has
   */
  public static <T, E extends Exception> T explaining(Operation<T, E> operation) throws E {
    try {
      return operation.run();
    } catch (InternalError e) {
      throw explain(e);
    }
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

  /**
   * Nothing tells the address: an {@link InternalError} has none. But a page is lost only where a
   * file is shorter than its mapping; if that is one file, it was that one.
   */
  private static DamagedTableException damaged(Throwable error) {
    List<Watched> files = mapped();
    List<String> cut = cut(files);
    return new DamagedTableException(
        switch (cut.size()) {
          case 0 ->
              "a mapped file cannot be read any more, though none is shorter than it was; is the"
                  + " disk in order? Mapped here are: "
                  + named(files.stream().map(Watched::words).distinct().sorted().toList(), ", ");
          case 1 -> cut.getFirst() + ADVICE;
          default -> "one of these mapped files: " + named(cut, "; ") + ADVICE;
        },
        error);
  }

  private static List<Watched> mapped() {
    synchronized (MAPPED) {
      return MAPPED.values().stream().flatMap(List::stream).toList();
    }
  }

  private static List<String> cut(List<Watched> files) {
    List<Watched> shorter = files.stream().filter(Watched::isCut).toList();
    return shorter.stream()
        .filter(file -> file.isOfCommitted() || shorter.stream().noneMatch(file::isDraftOf))
        .map(Watched::cut)
        .distinct()
        .sorted()
        .toList();
  }

  private static String named(List<String> all, String separator) {
    String first = String.join(separator, all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? first + " and %,d more".formatted(all.size() - NAMED) : first;
  }
}
