package dev.trestle.namespace;

import dev.trestle.namespace.StatePage.Field;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import net.openhft.chronicle.map.ChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * A Chronicle Map that all processes look entries up in.
 *
 * <p>It checks nothing that it reads and leaves its locks taken when a process dies. So it is
 * entered under the guard only, with the state page saying so; a process that died inside leaves a
 * map that the next one replaces. A map that nobody has open is not trusted either: who comes first
 * makes a new one.
 */
final class ChronicleIndex implements Index {
  private static final String PREFIX = "map-";
  private static final int CHECKSUM = 4;

  private final Path folder;
  private final StatePage state;

  /** Locked, shared, by every process that has a map open. */
  private final FileChannel users;

  private @Nullable ChronicleMap<byte[], byte[]> map;
  private long number;

  private ChronicleIndex(Path folder, StatePage state, FileChannel users) {
    this.folder = folder;
    this.state = state;
    this.users = users;
  }

  static ChronicleIndex open(Path folder, StatePage state) throws IOException {
    FileChannel users = OwnFiles.open(folder.resolve("users"));
    FileLock alone = users.tryLock();
    if (alone != null) {
      state.set(Field.MAP, 0);
      alone.release();
    }
    // The guard keeps others from locking the file in between, so this is never refused.
    if (users.tryLock(0, Long.MAX_VALUE, true) == null) {
      users.close();
      throw new IOException("the file 'users' is locked by something else");
    }
    return new ChronicleIndex(folder, state, users);
  }

  @Override
  public void bringUpToDate(RedoLog log) throws IOException {
    long current = state.get(Field.MAP);
    if (current == 0) {
      build(log);
    } else if (current != number) {
      attach(current);
    }
    if (log.applied() != log.end()) {
      inside(() -> {
        log.replay(log.applied(), change -> put(change));
        return true;
      });
      log.applied(log.end());
    }
  }

  private void attach(long current) throws IOException {
    close(map);
    map = null;
    Path path = path(current);
    if (!Files.exists(path) || ChronicleFile.headerChecksum(path) != state.get(Field.MAP_HEADER)) {
      throw new IndexFailure(path + " is not as it was made");
    }
    map =
        inside(() -> {
          try {
            return ChronicleFile.open(path);
          } catch (IOException e) {
            throw new IndexFailure(e);
          }
        });
    number = current;
  }

  /** Makes a map of what the log says; nobody knows it before it is complete. */
  private void build(RedoLog log) throws IOException {
    close(map);
    map = null;
    removeMaps();
    Map<Key, byte[]> image = log.image();
    long next = state.nextNumber();
    long chunks = image.entrySet().stream().mapToLong(ChronicleIndex::chunks).sum();
    map = ChronicleFile.create(path(next), chunks);
    number = next;
    inside(() -> {
      image.forEach((key, value) -> put(new Change(key, value)));
      return true;
    });
    log.applied(log.end());
    state.set(Field.MAP_HEADER, ChronicleFile.headerChecksum(path(next)));
    state.set(Field.MAP, next);
  }

  private static long chunks(Map.Entry<Key, byte[]> entry) {
    return 1 + (RedoLog.recordSize(entry) + CHECKSUM) / ChronicleFile.CHUNK;
  }

  /** Who has one of them open keeps it until it comes here itself. */
  private void removeMaps() throws IOException {
    try (DirectoryStream<Path> maps = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path path : maps) {
        Files.deleteIfExists(path);
      }
    }
  }

  private Path path(long mapNumber) {
    return folder.resolve(PREFIX + mapNumber);
  }

  @Override
  public byte @Nullable [] get(Key key) {
    byte[] found = inside(() -> opened().get(key.encoded()));
    return found == null ? null : withoutChecksum(found);
  }

  @Override
  public void apply(Change change, RedoLog log) {
    inside(() -> {
      put(change);
      return true;
    });
    log.applied(log.end());
  }

  private void put(Change change) {
    byte[] value = change.value();
    if (value == null) {
      opened().remove(change.key().encoded());
    } else {
      opened().put(change.key().encoded(), withChecksum(value));
    }
  }

  @Override
  public List<String> names(Key.Kind kind) {
    var names = new ArrayList<String>();
    inside(() -> {
      for (byte[] encoded : opened().keySet()) {
        Key key = Key.decoded(encoded);
        if (key.kind() == kind) {
          names.add(key.name());
        }
      }
      return true;
    });
    names.sort(null);
    return names;
  }

  /** Notes that this process is in the map, for the next one if this one dies in it. */
  private <R extends @Nullable Object> R inside(Supplier<R> work) {
    long before = state.get(Field.BUSY);
    state.set(Field.BUSY, 1);
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      // A full map, or a damaged one: a fault in mapped memory becomes an InternalError, a size
      // that
      // makes no sense an OutOfMemoryError, a chain without an end a StackOverflowError.
      throw new IndexFailure(e);
    } finally {
      state.set(Field.BUSY, before);
    }
  }

  private ChronicleMap<byte[], byte[]> opened() {
    ChronicleMap<byte[], byte[]> opened = map;
    if (opened == null) {
      throw new IllegalStateException("the map is not open");
    }
    return opened;
  }

  private static byte[] withChecksum(byte[] value) {
    byte[] bytes = Arrays.copyOf(value, value.length + CHECKSUM);
    int sum = checksum(value, value.length);
    for (int i = 0; i < CHECKSUM; i++) {
      bytes[value.length + i] = (byte) (sum >>> (8 * i));
    }
    return bytes;
  }

  private static byte[] withoutChecksum(byte[] bytes) {
    int length = bytes.length - CHECKSUM;
    int sum = 0;
    for (int i = 0; i < CHECKSUM && length >= 0; i++) {
      sum |= (bytes[length + i] & 0xff) << (8 * i);
    }
    if (length < 0 || sum != checksum(bytes, length)) {
      throw new IndexFailure("a value in the map is damaged");
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    close(map);
    map = null;
    number = 0;
    users.close();
  }

  private static void close(@Nullable ChronicleMap<byte[], byte[]> opened) {
    if (opened != null) {
      opened.close();
    }
  }
}
