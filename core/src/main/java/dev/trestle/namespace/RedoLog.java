package dev.trestle.namespace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * All changes since the log was begun, which begins with the entries that there were then.
 *
 * <p>The file has its full size from the start and is mapped. A change is written behind the end,
 * and committed when the end is set to behind it. Used under the {@link Guard} only.
 *
 * <p>Layout: a header of 64 bytes; then for each change its size and checksum (4 bytes each), the
 * key's size (2), 1 if there is a value (1), the key, the value.
 */
final class RedoLog implements AutoCloseable {
  static final long SMALLEST = 1 << 20; // 1 MiB

  private static final int HEADER = 64;
  private static final long MAGIC_NUMBER = 0x474f_4c54_5345_5254L; // TRESTLOG
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  /** A number in the header. */
  private enum Field {
    MAGIC(0),
    /** Where the next change goes. What lies behind was never committed. */
    END(8),
    /** Up to where the map has the changes. */
    APPLIED(16),
    /** Bytes of all present entries, keys and values. */
    LIVE_BYTES(24),
    /** How many entries there are. */
    ENTRIES(32);

    private final long offset;

    Field(long offset) {
      this.offset = offset;
    }
  }

  private final Path path;
  private final long number;
  private final Arena arena;
  private final MemorySegment bytes;

  private RedoLog(Path path, long number, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.number = number;
    this.arena = arena;
    this.bytes = bytes;
  }

  /** Begins a log with entries; it counts once the state page names it. */
  static RedoLog begin(Path folder, long number, Map<Key, byte[]> entries) throws IOException {
    long live = entries.entrySet().stream().mapToLong(RedoLog::recordSize).sum();
    long capacity = Long.highestOneBit(Math.max(SMALLEST, 4 * (HEADER + live)) - 1) * 2;
    Path path = path(folder, number);
    Files.deleteIfExists(path); // of a process that died before the number counted
    OwnFiles.writeZeros(path, capacity);
    RedoLog log = map(path, number);
    log.set(Field.END, HEADER);
    entries.forEach((key, value) -> log.append(new Change(key, value)));
    log.count(entries);
    log.set(Field.MAGIC, MAGIC_NUMBER);
    return log;
  }

  /**
   * Maps a log.
   *
   * @throws NamespaceException if it is damaged
   */
  static RedoLog open(Path folder, long number) throws IOException {
    Path path = path(folder, number);
    if (!Files.exists(path) || Files.size(path) < SMALLEST) {
      throw damaged(path, "it is missing or was cut off");
    }
    RedoLog log = map(path, number);
    if (log.get(Field.MAGIC) != MAGIC_NUMBER
        || log.end() < HEADER
        || log.end() > log.bytes.byteSize()) {
      log.close();
      throw damaged(path, "its header makes no sense");
    }
    return log;
  }

  private static RedoLog map(Path path, long number) throws IOException {
    Arena arena = Arena.ofShared();
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      MemorySegment bytes =
          file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, file.length(), arena);
      return new RedoLog(path, number, arena, bytes);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  static Path path(Path folder, long number) {
    return folder.resolve("log-" + number);
  }

  long number() {
    return number;
  }

  long end() {
    return get(Field.END);
  }

  long applied() {
    return get(Field.APPLIED);
  }

  void applied(long end) {
    set(Field.APPLIED, end);
  }

  long liveBytes() {
    return get(Field.LIVE_BYTES);
  }

  long entries() {
    return get(Field.ENTRIES);
  }

  /** Corrects the counts, which a process may have died between. */
  void count(Map<Key, byte[]> entries) {
    set(Field.LIVE_BYTES, entries.entrySet().stream().mapToLong(RedoLog::recordSize).sum());
    set(Field.ENTRIES, entries.size());
  }

  /** The bytes an entry counts for. */
  static long recordSize(Map.Entry<Key, byte[]> entry) {
    return recordSize(entry.getKey().encoded(), entry.getValue().length);
  }

  static long recordSize(byte[] key, int valueSize) {
    return 11L + key.length + valueSize;
  }

  boolean hasRoomFor(Change change) {
    byte[] value = change.value();
    long size = recordSize(change.key().encoded(), value == null ? 0 : value.length);
    return end() + size <= bytes.byteSize();
  }

  /** Commits a change, for which there is room; the counts change with it. */
  void commit(Change change, long moreBytes, long moreEntries) {
    long end = write(change);
    set(Field.LIVE_BYTES, liveBytes() + moreBytes);
    set(Field.ENTRIES, entries() + moreEntries);
    set(Field.END, end);
  }

  private void append(Change change) {
    set(Field.END, write(change));
  }

  /** Writes a change behind the end; returns where it ends. */
  private long write(Change change) {
    byte[] key = change.key().encoded();
    byte[] value = change.value() == null ? new byte[0] : change.value();
    long start = end();
    long at = start + 8;
    bytes.set(SHORT, at, (short) key.length);
    bytes.set(ValueLayout.JAVA_BYTE, at + 2, (byte) (change.value() == null ? 0 : 1));
    MemorySegment.copy(key, 0, bytes, ValueLayout.JAVA_BYTE, at + 3, key.length);
    MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, at + 3 + key.length, value.length);
    int size = 3 + key.length + value.length;
    bytes.set(INT, start, size);
    bytes.set(INT, start + 4, checksum(at, size));
    return at + size;
  }

  /**
   * Hands out the committed changes from a place on.
   *
   * @throws NamespaceException if one of them is damaged
   */
  void replay(long from, Consumer<Change> changes) {
    long end = end();
    long at = from;
    while (at < end) {
      int size = at + 8 <= end ? bytes.get(INT, at) : -1;
      if (size < 3
          || at + 8 + size > end
          || bytes.get(INT, at + 4) != checksum(at + 8, size)
          || 3 + Short.toUnsignedInt(bytes.get(SHORT, at + 8)) > size) {
        throw damaged(path, "byte %,d of %,d is not as it was written".formatted(at, end));
      }
      changes.accept(read(at + 8, size));
      at += 8 + size;
    }
  }

  private Change read(long at, int size) {
    byte[] key = new byte[Short.toUnsignedInt(bytes.get(SHORT, at))];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at + 3, key, 0, key.length);
    if (bytes.get(ValueLayout.JAVA_BYTE, at + 2) == 0) {
      return new Change(Key.decoded(key), null);
    }
    byte[] value = new byte[size - 3 - key.length];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at + 3 + key.length, value, 0, value.length);
    return new Change(Key.decoded(key), value);
  }

  /** The entries that there are now. */
  Map<Key, byte[]> image() {
    var image = new LinkedHashMap<Key, byte[]>();
    replay(HEADER, change -> apply(change, image));
    return image;
  }

  static void apply(Change change, Map<Key, byte[]> image) {
    byte[] value = change.value();
    if (value == null) {
      image.remove(change.key());
    } else {
      image.put(change.key(), value);
    }
  }

  private int checksum(long at, int size) {
    var crc = new CRC32C();
    ByteBuffer slice = bytes.asSlice(at, size).asByteBuffer();
    crc.update(slice);
    return (int) crc.getValue();
  }

  private long get(Field field) {
    return (long) LONG.getVolatile(bytes, field.offset);
  }

  /** Volatile: a kill must find the end set after the change is written, not before. */
  private void set(Field field, long value) {
    LONG.setVolatile(bytes, field.offset, value);
  }

  private static NamespaceException damaged(Path path, String how) {
    return new NamespaceException(
        "the namespace's file %s is damaged: %s. End all sessions of this store: the next one begins"
                .formatted(path, how)
            + " with an empty namespace");
  }

  @Override
  public void close() {
    arena.close();
  }
}
