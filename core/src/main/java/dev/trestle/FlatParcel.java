package dev.trestle;

import dev.trestle.closure.StandIns;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Texts and boxed primitives, in an array, a collection or a map, or an array of booleans, in a
 * file of a pool; in a worker they become an object of the same class again, the task's own.
 *
 * <p>A worker reads the file once: what it holds cannot be changed, and all calls are given the
 * same, each in an object of its own.
 *
 * @param offset where it begins in the file, in bytes
 */
record FlatParcel(String path, long offset) implements StandIns.ForArray {
  private static final Map<FlatParcel, SoftReference<Content>> READ = new ConcurrentHashMap<>();

  private record Content(FlatKind kind, @Nullable Object[] elements) {}

  /** See {@link ParcelContent#size}. */
  static long size(Object object) {
    FlatKind kind = FlatKind.of(object);
    if (kind == null) {
      return 0;
    }
    if (object instanceof boolean[] booleans) {
      return booleans.length;
    }
    long bytes = 0;
    for (Object element : FlatKind.elements(object)) {
      int each = FlatWriter.size(element);
      if (each < 0) {
        return 0;
      }
      bytes += each;
    }
    return kind.keepsTheOrderOf(object) ? bytes : 0;
  }

  private Object readResolve() throws IOException {
    SoftReference<Content> reference = READ.get(this);
    Content known = reference == null ? null : reference.get();
    if (known != null) {
      return known.kind.make(known.elements);
    }
    var reader = new FlatReader(new Mapped(ParcelFile.map(Path.of(path)), offset));
    FlatKind kind = reader.readKind();
    if (kind == FlatKind.BOOLEANS) {
      return reader.readBooleans(); // copied as fast as anything that is kept
    }
    var content = new Content(kind, reader.readElements());
    READ.entrySet()
        .removeIf(
            each -> each.getValue().get() == null || !Files.exists(Path.of(each.getKey().path())));
    READ.put(this, new SoftReference<>(content));
    return kind.make(content.elements);
  }

  /** The bytes of a segment from an offset on. */
  private static final class Mapped extends InputStream {
    private final MemorySegment segment;
    private long at;

    Mapped(MemorySegment segment, long at) {
      this.segment = segment;
      this.at = at;
    }

    @Override
    public int read() {
      return at == segment.byteSize() ? -1 : segment.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, segment.byteSize() - at);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, target, offset, count);
      at += count;
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
