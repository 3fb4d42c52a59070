package dev.trestle.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Arrow files with something wrong with them: the same ones for the same seed. */
public final class DamagedBytes {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    7,
    8,
    12,
    13,
    255,
    256,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    1L << 59,
    1L << 61,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final List<byte[]> originals;
  private final Random random;

  public DamagedBytes(List<byte[]> originals, long seed) {
    this.originals = originals;
    this.random = new Random(seed);
  }

  /** One of the originals, damaged in one to four places. */
  public byte[] next() {
    byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
    for (int damages = 1 + random.nextInt(4); damages > 0 && bytes.length > 16; damages--) {
      bytes = damaged(bytes);
    }
    return bytes;
  }

  private byte[] damaged(byte[] bytes) {
    int at = place(bytes);
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int word = Math.min(at & ~3, bytes.length - 4);
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3, 4, 5 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 6, 7, 8 -> buffer.putInt(word, (int) number(bytes));
      case 9, 10 -> buffer.putLong(Math.min(at & ~7, bytes.length - 8), number(bytes));
      case 11 -> buffer.putInt(word, buffer.getInt(word) + 1);
      case 12 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 13 -> {
        byte[] other = originals.get(random.nextInt(originals.size()));
        int from = random.nextInt(other.length);
        int length =
            Math.min(random.nextInt(256), Math.min(other.length - from, bytes.length - at));
        System.arraycopy(other, from, bytes, at, length);
      }
      case 14 -> {
        byte[] other = originals.get(random.nextInt(originals.size()));
        int from = random.nextInt(other.length);
        byte[] spliced = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, spliced, at, other.length - from);
        return spliced;
      }
      default -> {
        int length = Math.min(1 + random.nextInt(64), bytes.length - at);
        Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xFF));
      }
    }
    return bytes;
  }

  /** Mostly the metadata: the schema in front, the footer at the end. */
  private int place(byte[] bytes) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(bytes.length);
      case 1 -> random.nextInt(Math.min(bytes.length, 4000));
      default -> bytes.length - 1 - random.nextInt(Math.min(bytes.length, 4000));
    };
  }

  private long number(byte[] bytes) {
    return random.nextInt(3) == 0
        ? random.nextInt(2 * bytes.length)
        : EXTREMES[random.nextInt(EXTREMES.length)];
  }
}
