package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The UTF-8 of each row of a mapped string column, whether it has a dictionary or not. */
final class StringRows {
  private final StoredColumn column;
  private final StoredColumn.@Nullable Dictionary dictionary;
  private final long rows;

  StringRows(StoredColumn column, long rows) {
    this.column = column;
    this.dictionary = column.dictionary();
    this.rows = rows;
  }

  /** The entries of a dictionary as strings. */
  record Entries(StoredColumn.Dictionary dictionary) {
    int size() {
      return dictionary.entries();
    }

    String decode(int code) {
      return new String(
          slice(dictionary.offsets(), dictionary.text(), code).toArray(ValueLayout.JAVA_BYTE),
          StandardCharsets.UTF_8);
    }
  }

  int code(long row) {
    return switch (Objects.requireNonNull(dictionary).codeWidth()) {
      case 1 -> column.values().get(ValueLayout.JAVA_BYTE, row);
      case 2 -> column.values().get(Layouts.SHORT, row << 1);
      default -> column.values().get(Layouts.INT, row << 2);
    };
  }

  private MemorySegment utf8(long row) {
    return dictionary == null
        ? slice(column.values(), column.text(), row)
        : slice(dictionary.offsets(), dictionary.text(), code(row));
  }

  private static MemorySegment slice(MemorySegment offsets, MemorySegment text, long index) {
    long start = offsets.get(Layouts.LONG, index << 3);
    return text.asSlice(start, offsets.get(Layouts.LONG, (index + 1) << 3) - start);
  }

  /** One run of offsets over the texts of all parts. */
  static Bytes offsets(List<StringRows> parts) {
    return new Offsets(parts);
  }

  /** The texts, one piece a part. */
  static List<Bytes> texts(List<StringRows> parts) {
    return parts.stream().<Bytes>map(Text::new).toList();
  }

  private record Offsets(List<StringRows> parts) implements Bytes {
    @Override
    public long size() {
      return (parts.stream().mapToLong(part -> part.rows).sum() + 1) * Long.BYTES;
    }

    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      var out = new ChunkWriter(file, position);
      long end = 0;
      out.room(Long.BYTES).putLong(end);
      for (StringRows part : parts) {
        for (long row = 0; row < part.rows; row++) {
          end += part.utf8(row).byteSize();
          out.room(Long.BYTES).putLong(end);
        }
      }
      out.flush();
    }
  }

  private static final class Text implements Bytes {
    private final StringRows part;
    private final long size;

    Text(StringRows part) {
      this.part = part;
      long total = 0;
      for (long row = 0; row < part.rows; row++) {
        total += part.utf8(row).byteSize();
      }
      this.size = total;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      var out = new ChunkWriter(file, position);
      for (long row = 0; row < part.rows; row++) {
        out.put(part.utf8(row));
      }
      out.flush();
    }
  }
}
