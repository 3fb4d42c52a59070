package dev.trestle.worker;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Messages while they are put together: each a length, a kind and a payload.
 *
 * <p>One packet may hold several, so that they go out in one system call. Used again and again by
 * one thread at a time.
 */
final class Packet {
  /** What a message is about. */
  enum Kind {
    /** Worker to parent, once: it is up. */
    READY,
    /** Parent to worker, asker to owner: a piece of the code that later messages need, its key. */
    CODE,
    /** Parent to worker: the task that the following arguments are for. */
    TASK,
    /**
     * Parent to worker: whether more is to be expected at once, the number of a batch, how many
     * arguments, the arguments.
     */
    RUN,
    /**
     * Worker to parent: the number of a batch, its next results, how long these took, and how many
     * bytes the worker has printed since its start.
     */
    RESULTS,
    /** Worker to parent: the number of a batch, and how many of its jobs will have been run. */
    RETURNED,
    /** Parent to worker, instead of tasks: where to listen, and what makes the object to serve. */
    SERVE,
    /** Asker to owner: the question that the following requests are about. */
    QUESTION,
    /** Asker to owner: the arguments of a question. */
    ASK,
    /** Owner to asker: what came of it; and once to the parent, when the object is there. */
    ANSWER
  }

  static final int HEADER = Integer.BYTES + 1;
  private static final Kind[] KINDS = Kind.values();
  private static final int USUAL = 1 << 12; // 4 KiB
  private static final int LARGEST_KEPT = 1 << 20; // 1 MiB

  private ByteBuffer bytes = ByteBuffer.allocate(USUAL);
  private int start;

  /** Begins a message; a buffer that one large message has left is let go of. */
  @SuppressWarnings("EnumOrdinal") // both ends are of one build
  Packet begin(Kind kind) {
    if (bytes.position() == 0 && bytes.capacity() > LARGEST_KEPT) {
      bytes = ByteBuffer.allocate(USUAL);
    }
    start = bytes.position();
    reserve(HEADER).putInt(0).put((byte) kind.ordinal());
    return this;
  }

  /** Ends the message. */
  void end() {
    bytes.putInt(start, bytes.position() - start - HEADER);
  }

  /** Forgets everything. */
  void clear() {
    bytes.clear();
  }

  Packet putByte(int value) {
    reserve(1).put((byte) value);
    return this;
  }

  Packet putInt(int value) {
    reserve(Integer.BYTES).putInt(value);
    return this;
  }

  Packet putLong(long value) {
    reserve(Long.BYTES).putLong(value);
    return this;
  }

  /** Writes bytes with their number in front. */
  Packet putBytes(byte[] value) {
    reserve(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /** Where the next byte goes, for {@link #setInt}. */
  int position() {
    return bytes.position();
  }

  /** Goes back to a position: what was written since is forgotten. */
  void position(int position) {
    bytes.position(position);
  }

  void setInt(int position, int value) {
    bytes.putInt(position, value);
  }

  void setLong(int position, long value) {
    bytes.putLong(position, value);
  }

  /** The buffer, with room for that many bytes more. */
  ByteBuffer reserve(int more) {
    if (bytes.remaining() < more) {
      int needed = Math.addExact(bytes.position(), more);
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.capacity());
      byte[] grown = Arrays.copyOf(bytes.array(), Math.max(needed, doubled));
      bytes = ByteBuffer.wrap(grown).position(bytes.position());
    }
    return bytes;
  }

  /** All messages, to be written; the packet is empty afterwards. */
  ByteBuffer take() {
    ByteBuffer all = bytes.duplicate().flip();
    bytes.clear();
    return all;
  }

  static Kind kind(byte ordinal) {
    if (ordinal < 0 || ordinal >= KINDS.length) {
      throw new IllegalStateException("message of unknown kind " + ordinal);
    }
    return KINDS[ordinal];
  }
}
