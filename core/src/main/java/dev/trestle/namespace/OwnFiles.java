package dev.trestle.namespace;

import dev.trestle.store.StoreFullException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Files of the namespace, whose space is taken before they are mapped: on a full file system a
 * write is an error, a store into a mapping that is not backed is a signal that ends the JVM.
 *
 * <p>{@link RandomAccessFile}, as an interrupt does not close it.
 */
final class OwnFiles {
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int BLOCK = 1 << 16;
  private static final int PAGE = 4096;

  private OwnFiles() {}

  /**
   * What to throw for want of room.
   *
   * @param wanted in bytes; 0 if it is an inode
   */
  static StoreFullException noRoom(Path folder, long wanted, @Nullable IOException cause) {
    String message =
        "there is no room for the namespace in %s: %s wanted, %,d bytes free; nothing was changed. Drop tables there"
            .formatted(
                folder.getParent(),
                wanted == 0 ? "a file" : "%,d bytes".formatted(wanted),
                folder.toFile().getUsableSpace());
    return cause == null ? new StoreFullException(message) : new StoreFullException(message, cause);
  }

  /** Whether an exception says that there is no room: not a block, or no inode. */
  static boolean isForWantOfRoom(Path folder, IOException e) {
    // The message of the operating system may be in any language.
    return String.valueOf(e.getMessage()).contains("No space left on device")
        || folder.toFile().getUsableSpace() < RedoLog.SMALLEST;
  }

  /**
   * Makes a file of zeros for this user alone; none is left if there is no room.
   *
   * @throws StoreFullException if there is none, as far as is known before
   */
  static void writeZeros(Path path, long size) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && folder.toFile().getUsableSpace() < size) {
      throw noRoom(folder, size, null);
    }
    create(path);
    boolean complete = false;
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      extend(file, size);
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Makes an empty file for this user alone. */
  static void create(Path path) throws IOException {
    Files.createFile(path, OWNER_ONLY);
  }

  /** Opens a file for its locks, making it if it is not there. */
  static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        OWNER_ONLY);
  }

  /** What tells a file from another one of its name; null if there is none. */
  static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** Takes the space of the holes in a file, and zeros behind it up to a size. */
  static void fill(Path path, long size) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      for (long at = 0; at < file.length(); at += PAGE) {
        file.seek(at);
        int there = file.read();
        file.seek(at);
        file.write(there);
      }
      extend(file, size);
    }
  }

  private static void extend(RandomAccessFile file, long size) throws IOException {
    byte[] zeros = new byte[BLOCK];
    file.seek(file.length());
    for (long at = file.length(); at < size; at += BLOCK) {
      file.write(zeros, 0, (int) Math.min(BLOCK, size - at));
    }
  }
}
