package dev.trestle.closure;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names a piece of code by its content: the SHA-256 of its bytes, in four parts. */
public record CodeKey(long first, long second, long third, long fourth) {
  /** How many bytes a key has. */
  public static final int LENGTH = 4 * Long.BYTES;

  static CodeKey of(byte[] content) {
    try {
      return read(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Takes a key from a buffer. */
  public static CodeKey read(ByteBuffer from) {
    return new CodeKey(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /** Puts the key into a buffer. */
  public void write(ByteBuffer to) {
    to.putLong(first).putLong(second).putLong(third).putLong(fourth);
  }
}
