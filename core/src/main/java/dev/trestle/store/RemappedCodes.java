package dev.trestle.store;

import java.io.IOException;
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
  private final StringRows rows;
  private final long length;
  private final StringRows.Entries own;
  private final Map<String, Integer> merged;
  private final int width;

  RemappedCodes(StoredColumn column, long length, Map<String, Integer> merged, int width) {
    this.rows = new StringRows(column, length);
    this.length = length;
    this.own = new StringRows.Entries(Objects.requireNonNull(column.dictionary()));
    this.merged = merged;
    this.width = width;
  }

  @Override
  public long size() {
    return length * width;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    int[] mergedCode = new int[own.size()];
    for (int code = 0; code < mergedCode.length; code++) {
      mergedCode[code] = Objects.requireNonNull(merged.get(own.decode(code)));
    }
    var out = new ChunkWriter(file, position);
    for (long row = 0; row < length; row++) {
      ColumnPayload.Dictionary.putCode(out.room(width), width, mergedCode[rows.code(row)]);
    }
    out.flush();
  }
}
