package dev.trestle.namespace;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Makes and opens the files of Chronicle maps.
 *
 * <p>A map has one segment, and so as many entries as there is room for. When the first tier is
 * full or too fragmented Chronicle adds one more by making the file longer, without taking the
 * space: so the file is made that long in the beginning.
 */
final class ChronicleFile {
  /** An entry takes whole chunks; most counters and settings fit in one. */
  static final int CHUNK = 256;

  private static final long FEWEST_CHUNKS = 4096; // 1 MiB
  private static final int LARGEST_ENTRY = (ValueCodec.LARGEST + 2048) / CHUNK;
  private static final int HEADER = 4096;

  private ChronicleFile() {}

  /**
   * Makes the file of a map that will have room for that many chunks, and opens it.
   *
   * @throws IOException if there is no room for the file; nothing is left then
   */
  static ChronicleMap<byte[], byte[]> create(Path path, long chunks) throws IOException {
    quieten(path);
    long tier = Math.max(FEWEST_CHUNKS, Long.highestOneBit(chunks) * 2);
    // Chronicle wants to begin with an empty file and stores into the mapping at once.
    Path claim = path.resolveSibling(path.getFileName() + ".claim");
    Files.deleteIfExists(claim);
    OwnFiles.writeZeros(claim, fileSize(tier * CHUNK));
    Files.deleteIfExists(path);
    OwnFiles.create(path);
    Files.delete(claim);
    ChronicleMap<byte[], byte[]> map = builder(tier).createPersistedTo(path.toFile());
    try {
      OwnFiles.fill(path, fileSize(Files.size(path)));
      return map;
    } catch (IOException | RuntimeException e) {
      map.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /**
   * Loads what Chronicle needs, by making a map that is thrown away: a second of work that nobody
   * should wait for under the guard.
   */
  static void warmUp(Path folder) throws IOException {
    Path path = folder.resolve("warm-" + ProcessHandle.current().pid());
    try {
      byte[] key = {1};
      try (ChronicleMap<byte[], byte[]> made = create(path, 0)) {
        made.put(key, key);
        made.remove(key);
      }
      try (ChronicleMap<byte[], byte[]> opened = open(path)) {
        opened.get(key);
        opened.forEach((k, v) -> {});
      }
    } finally {
      Files.deleteIfExists(path);
    }
  }

  /** Two tiers, and what is around them. */
  private static long fileSize(long firstTier) {
    return 2 * firstTier + (1 << 16);
  }

  /** Opens a map that another process has made. */
  static ChronicleMap<byte[], byte[]> open(Path path) throws IOException {
    quieten(path);
    return builder(FEWEST_CHUNKS).createPersistedTo(path.toFile());
  }

  private static ChronicleMapBuilder<byte[], byte[]> builder(long chunks) {
    return ChronicleMapBuilder.of(byte[].class, byte[].class)
        .name("trestle")
        .actualSegments(1)
        .entriesPerSegment(chunks)
        .actualChunkSize(CHUNK)
        .actualChunksPerSegmentTier(chunks)
        .maxChunksPerEntry(LARGEST_ENTRY)
        // Else it would take space by a native library, which it unpacks into /tmp.
        .sparseFile(true)
        .skipCloseOnExitHook(true);
  }

  /** The checksum of the part of the file that does not change, and is read without any check. */
  static long headerChecksum(Path path) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] header = new byte[HEADER];
      file.readFully(header);
      var crc = new CRC32C();
      // A text of the configuration behind 12 bytes of checksum and size.
      int size = Math.min(HEADER - 12, Math.max(0, sizeWord(header)));
      crc.update(header, 0, 12 + size);
      return crc.getValue();
    }
  }

  private static int sizeWord(byte[] header) {
    return (header[8] & 0xff) | (header[9] & 0xff) << 8 | (header[10] & 0xff) << 16;
  }

  /** Before the first class of Chronicle is loaded: no telemetry, no banners, no folder in /tmp. */
  private static void quieten(Path path) {
    setIfAbsent("chronicle.analytics.disable", "true");
    setIfAbsent("chronicle.announcer.disable", "true");
    setIfAbsent("slf4j.internal.verbosity", "ERROR");
    // Without this it looks for a folder named target or build, and makes one in /tmp.
    String build = "project.build.directory";
    boolean absent = setIfAbsent(build, new File(path.toString()).getParent());
    OS.getTarget();
    if (absent) {
      System.clearProperty(build);
    }
  }

  private static boolean setIfAbsent(String property, String value) {
    if (System.getProperty(property) != null) {
      return false;
    }
    System.setProperty(property, value);
    return true;
  }
}
