package dev.trestle.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What tells a mapped file from others in a line of {@code /proc/PID/maps}, whatever it was called
 * when it was mapped. See proc(5).
 *
 * <p>The inode and the folder, not the device: file systems such as overlayfs and btrfs tell
 * stat(2) another device than they show there.
 */
final class MapsLine {
  private static final int OFFSET = 2; // the third field
  private static final int INODE = 4;

  private MapsLine() {}

  /** Of a line such as {@code 7f..-7f.. r--s 0 00:1a 42 /dev/shm/x}; "" if it is no file's. */
  static String key(String line) {
    int slash = line.indexOf('/');
    return slash < 0
        ? ""
        : key(
            line.substring(slash, line.lastIndexOf('/')),
            line.substring(0, slash).split(" +")[INODE]);
  }

  /** How far the file of a line is mapped by it, in bytes from the file's beginning. */
  static long extent(String line) {
    String[] fields = line.split(" +", OFFSET + 2);
    String[] addresses = fields[0].split("-", 2);
    return Long.parseUnsignedLong(addresses[1], 16)
        - Long.parseUnsignedLong(addresses[0], 16)
        + Long.parseUnsignedLong(fields[OFFSET], 16);
  }

  /** Whether the file of a line lies in a folder. */
  static boolean isIn(String folder, String line) {
    int slash = line.indexOf('/');
    return slash >= 0
        && line.startsWith(folder, slash)
        && line.lastIndexOf('/') == slash + folder.length();
  }

  /**
   * Of a file.
   *
   * @throws IOException if it is not there
   */
  static String key(Path file) throws IOException {
    Path real = file.toRealPath();
    return key(
        folder(Objects.requireNonNullElse(real.getParent(), real)),
        "" + Files.getAttribute(real, "unix:ino"));
  }

  /** A folder as lines name it: without links, and in the encoding that they are read in. */
  static String folder(Path folder) throws IOException {
    return new String(
        folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8),
        StandardCharsets.ISO_8859_1);
  }

  private static String key(String folder, String inode) {
    return folder + "#" + inode;
  }
}
