package dev.trestle.compression;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The plain bytes of one LZ4 frame.
 *
 * <p>See "LZ4 Frame Format" and "LZ4 Block Format" of the LZ4 project. Blocks may refer to earlier
 * ones: that is what Arrow's C++ library writes, and what the decoders for Java refuse. Checksums
 * are not verified. At most 8 MiB of heap. For one thread.
 */
public final class Lz4FrameInputStream extends InputStream {
  private static final int MAGIC = 0x184D2204;
  private static final int HISTORY = 1 << 16; // how far back a match may lie
  private static final int UNCOMPRESSED = 1 << 31; // in a block's length
  private static final int SHORTEST_MATCH = 4;

  private final DataInputStream in;
  private final boolean isIndependent;
  private final boolean hasBlockChecksums;
  private final int largestBlock;

  /** The history, then the block. */
  private final byte[] plain;

  private byte[] packed = {};
  private int at;
  private int start;
  private int next;
  private int end;
  private boolean ended;

  /**
   * Reads the frame's header.
   *
   * @throws IOException if there is none
   */
  public Lz4FrameInputStream(InputStream compressed) throws IOException {
    in = new DataInputStream(compressed);
    if (littleEndianInt() != MAGIC) {
      throw new IOException("no LZ4 frame");
    }
    int flags = in.readUnsignedByte();
    if (flags >> 6 != 1 || (flags & 1) != 0) {
      throw new IOException("an LZ4 frame of an unknown version, or with a dictionary");
    }
    isIndependent = (flags & (1 << 5)) != 0;
    hasBlockChecksums = (flags & (1 << 4)) != 0;
    boolean hasSize = (flags & (1 << 3)) != 0;
    int sizeClass = (in.readUnsignedByte() >> 4) & 7;
    if (sizeClass < 4) {
      throw new IOException("an LZ4 frame of block size class " + sizeClass);
    }
    largestBlock = 1 << (2 * sizeClass + 8); // 64 KiB, 256 KiB, 1 MiB, 4 MiB
    in.skipNBytes(hasSize ? Long.BYTES + 1L : 1); // and the header's checksum
    plain = new byte[HISTORY + largestBlock];
    start = next = end = HISTORY;
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, end - next);
    System.arraycopy(plain, next, target, offset, taken);
    next += taken;
    return taken;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads blocks until there are bytes; false at the end of the frame. */
  private boolean fill() throws IOException {
    while (next == end && !ended) {
      int length = littleEndianInt();
      if (length == 0) {
        ended = true;
      } else {
        readBlock(length & ~UNCOMPRESSED, (length & UNCOMPRESSED) != 0);
      }
    }
    return next < end;
  }

  private void readBlock(int length, boolean isStored) throws IOException {
    if (length > largestBlock) {
      throw new IOException("an LZ4 block of %,d bytes".formatted(length));
    }
    int history = isIndependent ? 0 : Math.min(HISTORY, end - start);
    System.arraycopy(plain, end - history, plain, HISTORY - history, history);
    start = HISTORY - history;
    next = HISTORY;
    end = HISTORY;
    if (isStored) {
      in.readFully(plain, HISTORY, length);
      end = HISTORY + length;
    } else {
      if (packed.length < length) {
        packed = new byte[length];
      }
      in.readFully(packed, 0, length);
      try {
        inflate(length);
      } catch (IndexOutOfBoundsException e) {
        throw new IOException("a damaged LZ4 block", e);
      }
    }
    if (hasBlockChecksums) {
      in.skipNBytes(Integer.BYTES);
    }
  }

  /** Literals and matches by turns; the last sequence has no match. */
  private void inflate(int length) throws IOException {
    at = 0;
    while (true) {
      int token = packed[at++] & 0xFF;
      int literals = length(token >> 4);
      if (literals > length - at) {
        throw new EOFException("a cut LZ4 block");
      }
      System.arraycopy(packed, at, plain, end, literals);
      at += literals;
      end += literals;
      if (at == length) {
        return;
      }
      int distance = (packed[at++] & 0xFF) | ((packed[at++] & 0xFF) << 8);
      int match = length(token & 15);
      if (at > length) {
        throw new EOFException("a cut LZ4 block");
      }
      repeat(distance, match + SHORTEST_MATCH);
    }
  }

  /** A length of 15 goes on in the bytes that follow, until one is not 255. */
  private int length(int nibble) {
    int length = nibble;
    if (nibble == 15) {
      int more;
      do {
        more = packed[at++] & 0xFF;
        length += more;
      } while (more == 0xFF);
    }
    return length;
  }

  private void repeat(int distance, int length) throws IOException {
    if (distance == 0 || distance > end - start) {
      throw new IOException("an LZ4 match %,d bytes back".formatted(distance));
    }
    if (distance >= length) {
      System.arraycopy(plain, end - distance, plain, end, length);
      end += length;
    } else {
      for (int i = 0; i < length; i++) { // it overlaps what it writes
        plain[end] = plain[end - distance];
        end++;
      }
    }
  }

  private int littleEndianInt() throws IOException {
    return Integer.reverseBytes(in.readInt());
  }
}
