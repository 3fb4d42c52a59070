package dev.trestle.store;

import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Files that are being written: hidden, where there is room for them, and gone again if that fails.
 */
final class Drafts {
  /** Marks tables that have no name yet. */
  static final String TABLE = "table";

  /** Marks arrays that have no name yet. */
  static final String ARRAY = "array";

  /** With less room than this, whatever went wrong went wrong for want of room. */
  private static final long FULL = 1 << 16; // 64 KiB

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long GIB = 1 << 30;

  private final String session;
  private final BooleanSupplier closed;

  /** A file that is written and has no name yet. */
  record Draft(StoreFolder folder, Path path) {}

  Drafts(String session, BooleanSupplier closed) {
    this.session = session;
    this.closed = closed;
  }

  /**
   * Writes a file.
   *
   * @param toStay whether it will have a name: then it is on the disk when this returns
   * @throws StoreFullException if the folder becomes full
   */
  Draft write(
      StoreFolder folder, String tag, String what, long bytes, FileWriter writer, boolean toStay) {
    Path path = folder.temporaryPath(session, tag);
    boolean complete = false;
    try (var channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, // so that a writer may map what it has written
                StandardOpenOption.WRITE),
            StoreFolder.OWNER_ONLY)) {
      checkOpen(); // else the session's end has seen this file, and removes it
      writer.writeTo(channel);
      if (toStay && !folder.inMemory()) {
        channel.force(true);
      }
      complete = true;
      return new Draft(folder, path);
    } catch (IOException e) {
      throw failure(what, folder, bytes, e);
    } finally {
      if (!complete) {
        delete(path);
      }
    }
  }

  /** Copies a file that has no name yet. */
  Draft copy(StoreFolder folder, String what, Path source) throws IOException {
    return copy(folder, what, TableFile.open(source));
  }

  /** Copies a table's file from its mapping: it may have lost its name. */
  Draft copy(StoreFolder folder, String what, TableFile source) {
    return write(
        folderWithRoom(List.of(folder), what, source.size()),
        TABLE,
        what,
        source.size(),
        file -> Bytes.of(source.mapping()).writeTo(file, 0),
        true);
  }

  /** The first folder that has the room. */
  StoreFolder folderWithRoom(List<StoreFolder> folders, String what, long bytes) {
    checkOpen();
    for (int i = 0; i < folders.size(); i++) {
      StoreFolder folder = folders.get(i);
      if (folder.free() >= bytes) {
        if (i > 0) {
          Warning.log(
              "''{0}'' needs {1}: {2}. It is put in {3} instead{4}",
              what,
              ByteSize.format(bytes),
              free(folders.subList(0, i)),
              folder.path(),
              hint(folders.subList(0, i), bytes));
        }
        return folder;
      }
    }
    throw new StoreFullException(
        "'%s' needs %s: %s. Drop tables, or name a folder with more room: -Dtrestle.store=...%s"
            .formatted(what, ByteSize.format(bytes), free(folders), hint(folders, bytes)));
  }

  /** Docker gives /dev/shm 64 MiB unless it is told otherwise. */
  private static String hint(List<StoreFolder> folders, long bytes) {
    return folders.stream()
        .filter(folder -> folder.path().startsWith(SHARED_MEMORY))
        .mapToLong(folder -> folder.sizeWanted(bytes))
        .filter(size -> size > 0)
        .mapToObj(size -> " (docker run --shm-size=%dg makes room)".formatted(size / GIB + 1))
        .findFirst()
        .orElse("");
  }

  static String free(List<StoreFolder> folders) {
    return folders.stream()
        .map(folder -> "%s has %s free".formatted(folder.path(), ByteSize.format(folder.free())))
        .collect(Collectors.joining(", "));
  }

  static boolean isForWantOfRoom(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left on device");
  }

  /** Says "no room" where that is what the operating system said. */
  static StoreException failure(String what, StoreFolder folder, long wanted, IOException e) {
    long free = folder.free();
    // The message of the operating system may be in any language.
    if (isForWantOfRoom(e) || free < FULL) {
      return new StoreFullException(
          "'%s' needs %,d bytes and %s became full while it was written (%,d bytes free now);"
                  .formatted(what, wanted, folder.path(), free)
              + " nothing was kept",
          e);
    }
    DamagedTableException cut = MappingFault.explain(e);
    if (cut != null) {
      return cut;
    }
    return new StoreException("cannot write '" + what + "' to " + folder.path() + ": " + e, e);
  }

  /** Waits until nobody else changes a name in the store, which must not be closed. */
  CommitLock lock(List<StoreFolder> folders) throws IOException {
    return CommitLock.take(folders, this::checkOpen);
  }

  void checkOpen() {
    if (closed.getAsBoolean()) {
      throw new IllegalStateException("this store is closed; open another one");
    }
  }

  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // the session's end, or the next session's sweep, removes it
    }
  }
}
