package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.IntFunction;

/** Where each string of {@link TextBytes} begins, and at last where they end. */
public record TextOffsets(int count, IntFunction<String> strings) implements Bytes {
  @Override
  public long size() {
    return (count + 1L) * Long.BYTES;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    long end = 0;
    out.room(Long.BYTES).putLong(end);
    for (int i = 0; i < count; i++) {
      end += TextBytes.utf8(strings.apply(i)).length;
      out.room(Long.BYTES).putLong(end);
    }
    out.flush();
  }
}
