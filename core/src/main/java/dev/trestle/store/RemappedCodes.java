package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Objects;

/**
 * A column's codes, each replaced by its code in a merged dictionary.
 *
 * <p>The dictionary is decoded again when it is written: what thousands of parts map to does not
 * stand on the heap all at once.
 */
final class RemappedCodes implements Bytes {
  private static final int BLOCK = 1 << 13; // rows

  private final Chunk.Codes chunk;
  private final Map<String, Integer> merged;
  private final int width;

  RemappedCodes(Chunk.Codes chunk, Map<String, Integer> merged, int width) {
    this.chunk = chunk;
    this.merged = merged;
    this.width = width;
  }

  @Override
  public long size() {
    return chunk.rows() * width;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    int[] mergedCode = new int[Math.toIntExact(chunk.dictionary().size())];
    for (int code = 0; code < mergedCode.length; code++) {
      mergedCode[code] = Objects.requireNonNull(merged.get(chunk.dictionary().decode(code)));
    }
    var out = new ChunkWriter(file, position);
    if (width == Byte.BYTES && chunk.width() == Byte.BYTES) {
      writeBytes(out, mergedCode);
    } else {
      for (long row = 0; row < chunk.rows(); row++) {
        ColumnPayload.Dictionary.putCode(out.room(width), width, mergedCode[chunk.code(row)]);
      }
    }
    out.flush();
  }

  /** In blocks, as most dictionaries are so small: tables are joined in less than half the time. */
  private void writeBytes(ChunkWriter out, int[] mergedCode) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long from = 0; from < chunk.rows(); from += BLOCK) {
      int count = (int) Math.min(BLOCK, chunk.rows() - from);
      MemorySegment.copy(chunk.codes(), ValueLayout.JAVA_BYTE, from, block, 0, count);
      for (int i = 0; i < count; i++) {
        block[i] = (byte) mergedCode[block[i]];
      }
      out.put(MemorySegment.ofArray(block).asSlice(0, count));
    }
  }
}
