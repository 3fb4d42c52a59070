package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an Arrow file, and how far they are trusted.
 *
 * @param path the file, for messages
 * @param bytes all of it, mapped
 */
record ArrowSource(Path path, MemorySegment bytes, Origin origin) {
  private static final int TRAILER = Integer.BYTES + ArrowFileWriter.MAGIC.length;

  /** Who wrote a file, and who looked at it. */
  enum Origin {
    /** This store: what lies in each row was written by a commit, and is not looked at again. */
    OURS,
    /** Somebody else; all of it was checked when it was mapped first, and it is unchanged. */
    CHECKED,
    /** Somebody else. */
    UNKNOWN
  }

  /**
   * The flatbuffer at the file's end.
   *
   * @throws StoreException if this is no Arrow file; the message says what it seems to be
   */
  ByteBuffer footer() {
    long size = bytes.byteSize();
    byte[] magic = ArrowFileWriter.MAGIC;
    if (!begins(magic)) {
      throw origin == Origin.OURS
          ? damaged("it does not begin as an Arrow file does")
          : new StoreException("%s is not an Arrow file: %s".formatted(path, resemblance()));
    }
    if (size < magic.length + 2L + TRAILER
        || !MappedBytes.equal(bytes.asSlice(size - magic.length), MemorySegment.ofArray(magic))) {
      throw damaged("it does not end as an Arrow file does; it was cut short, or is being written");
    }
    int length = bytes.get(Layouts.INT, size - TRAILER);
    if (length <= 0 || length > size - TRAILER) {
      throw damaged("its footer claims %,d bytes".formatted(length));
    }
    return buffer(size - TRAILER - length, length);
  }

  private boolean begins(byte[] magic) {
    return bytes.byteSize() >= magic.length
        && MappedBytes.equal(bytes.asSlice(0, magic.length), MemorySegment.ofArray(magic));
  }

  private String resemblance() {
    if (begins("FEA1".getBytes(StandardCharsets.US_ASCII))) {
      return "it is a Feather file of version 1; write it anew as Feather version 2, which is the"
          + " Arrow IPC file format";
    }
    if (begins("PAR1".getBytes(StandardCharsets.US_ASCII))) {
      return "it is a Parquet file";
    }
    if (bytes.byteSize() >= 8 && looksLikeMessage()) {
      return "it is in the IPC stream format, which cannot be mapped; write it anew in the IPC file"
          + " format (also called Feather version 2)";
    }
    return "it does not begin with ARROW1; what is needed is the Arrow IPC file format (also called"
        + " Feather version 2)";
  }

  /** A stream begins with a message: its length, since Arrow 0.15 behind a mark of four 0xFF. */
  private boolean looksLikeMessage() {
    int first = bytes.get(Layouts.INT, 0);
    int length = first == ArrowFileWriter.CONTINUATION ? bytes.get(Layouts.INT, 4) : first;
    return length > 0 && length % 4 == 0 && length < bytes.byteSize();
  }

  /** A part of the file, to be read as a flatbuffer. */
  ByteBuffer buffer(long offset, long length) {
    return bytes.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Why the file cannot be used, and what to do about it. */
  StoreException damaged(String how) {
    return damaged(how, null);
  }

  StoreException damaged(String how, @Nullable Throwable cause) {
    String advice =
        origin == Origin.OURS
            ? "Drop the table and share it again from its source"
            : "Write it again with the program that it came from";
    String message = path + " is damaged: " + how + ". " + advice;
    return cause == null ? new StoreException(message) : new StoreException(message, cause);
  }

  /**
   * Runs what reads metadata or buffers; whatever a damaged length or offset makes of it ends in a
   * {@link StoreException}.
   */
  <T> T checked(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // Flatbuffers has no verifier in Java, and a segment refuses what lies out of it: a damaged
      // offset shows up as any of a dozen exceptions.
      throw damaged("its metadata cannot be read", e);
    }
  }

  /** Whether each row must be looked at. */
  boolean isUnknown() {
    return origin == Origin.UNKNOWN;
  }

  /** How many of the first bits are set. */
  static long countBits(MemorySegment bitmap, long bits) {
    long set = 0;
    long whole = bits / Long.SIZE;
    for (long i = 0; i < whole; i++) {
      set += Long.bitCount(bitmap.get(Layouts.LONG, i << 3));
    }
    for (long bit = whole * Long.SIZE; bit < bits; bit++) {
      set += (bitmap.get(ValueLayout.JAVA_BYTE, bit >> 3) >> (bit & 7)) & 1;
    }
    return set;
  }
}
