package dev.trestle;

import dev.trestle.closure.StandIns;
import dev.trestle.store.SegmentInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Texts and boxed primitives, in an array, a collection or a map, or an array of booleans, in a
 * file of a pool; in a worker they become an object of the same class again, the task's own.
 *
 * <p>A worker reads the file once: what it holds cannot be changed, and all calls are given the
 * same, each in an object of its own unless that cannot be changed either.
 *
 * @param offset where it begins in the file, in bytes
 */
record FlatParcel(String path, long offset) implements StandIns.ForArray {
  private static final Map<FlatParcel, SoftReference<Supplier<Object>>> READ =
      new ConcurrentHashMap<>();

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
    SoftReference<Supplier<Object>> reference = READ.get(this);
    Supplier<Object> known = reference == null ? null : reference.get();
    if (known != null) {
      return known.get();
    }
    MemorySegment bytes = ParcelFile.map(Path.of(path)).asSlice(offset);
    var reader = new FlatReader(new SegmentInputStream(bytes));
    FlatKind kind = reader.readKind();
    if (kind == FlatKind.BOOLEANS) {
      return reader.readBooleans(); // copied as fast as anything that is kept
    }
    Supplier<Object> copies = kind.copies(reader.readElements());
    READ.entrySet()
        .removeIf(
            each -> each.getValue().get() == null || !Files.exists(Path.of(each.getKey().path())));
    READ.put(this, new SoftReference<>(copies));
    return copies.get();
  }
}
