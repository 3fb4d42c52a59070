package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Strings in UTF-8, one after the other, encoded while they are written. */
public final class TextBytes implements Bytes {
  private final int count;
  private final IntFunction<String> strings;
  private final long size;

  /** The given number of strings, from 0; read once now, for their size, and once when written. */
  public TextBytes(int count, IntFunction<String> strings) {
    this.count = count;
    this.strings = strings;
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += utf8(strings.apply(i)).length;
    }
    this.size = total;
  }

  static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    for (int i = 0; i < count; i++) {
      out.put(MemorySegment.ofArray(utf8(strings.apply(i))));
    }
    out.flush();
  }
}
