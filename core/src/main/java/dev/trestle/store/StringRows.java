package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.List;

/** The UTF-8 of each row of a string chunk, whether it has a dictionary or not. */
final class StringRows {
  private final Chunk chunk;
  private final long rows;

  StringRows(Chunk chunk) {
    this.chunk = chunk;
    this.rows = chunk.rows();
  }

  private MemorySegment utf8(long row) {
    return switch (chunk) {
      case Chunk.Codes codes -> codes.dictionary().utf8(codes.code(row));
      case Chunk.Text text -> text.text().utf8(row);
      case Chunk.Values values -> throw new IllegalArgumentException("no strings: " + values);
    };
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
