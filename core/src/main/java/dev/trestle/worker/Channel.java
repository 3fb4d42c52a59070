package dev.trestle.worker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages over a Unix-domain socket.
 *
 * <p>One thread at a time reads; any thread writes. An interrupt of a thread blocked in either
 * closes the socket.
 *
 * <p>The socket is in blocking mode but after {@link #arrives}. Only who reads changes that, as
 * both locks of the socket are needed for it.
 */
final class Channel implements Closeable {
  private static final int USUAL = 1 << 16; // 64 KiB
  private static final int LARGEST_KEPT = 1 << 20; // 1 MiB

  /** A socket with this much unread is full, see socket(7): the other side gets time to read. */
  private static final long FULL_NANOS = 20_000; // 0.02 ms

  private final SocketChannel socket;
  private final Object writing = new Object();
  private ByteBuffer in = ByteBuffer.allocate(USUAL).flip();
  private int next;

  Channel(SocketChannel socket) {
    this.socket = socket;
  }

  /** Sends all messages of the packet, which is empty afterwards. */
  void send(Packet packet) throws IOException {
    ByteBuffer bytes = packet.take();
    synchronized (writing) {
      while (bytes.hasRemaining()) {
        if (socket.write(bytes) == 0) {
          awaitRoom();
        }
      }
    }
  }

  /** In the mode in which a write does not wait itself. */
  private void awaitRoom() throws IOException {
    LockSupport.parkNanos(this, FULL_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new ClosedByInterruptException();
    }
  }

  /**
   * Looks, without sleeping, for the next message; an interrupt ends that and closes nothing.
   *
   * @param nanos how long at most
   * @return whether a message is there, or its begin, or the end of the other side
   */
  @SuppressWarnings("ThreadPriorityCheck") // whoever is to answer may be waiting for this core
  boolean arrives(long nanos) throws IOException {
    in.position(next);
    if (in.hasRemaining()) {
      return true;
    }
    socket.configureBlocking(false);
    in.clear();
    next = 0;
    try {
      long start = System.nanoTime();
      while (true) {
        int count = socket.read(in);
        if (count != 0) {
          return true; // an end is met again by whoever receives
        }
        if (System.nanoTime() - start > nanos || Thread.currentThread().isInterrupted()) {
          return false;
        }
        // With another program on the core, p50 of an empty task was 22 us so, and 34 us with
        // onSpinWait; on a quiet machine both gave 17.
        Thread.yield();
      }
    } finally {
      in.flip();
    }
  }

  /**
   * Waits for the next message; {@link #payload} has its content until the one after is received.
   *
   * @throws EOFException if the other side is gone
   */
  Packet.Kind receive() throws IOException {
    in.position(next);
    if (!in.hasRemaining() && in.capacity() > LARGEST_KEPT) {
      in = ByteBuffer.allocate(USUAL).flip();
    }
    fill(Packet.HEADER);
    int length = in.getInt();
    Packet.Kind kind = Packet.kind(in.get());
    fill(length);
    next = in.position() + length;
    return kind;
  }

  /** The content of the message received last. */
  ByteBuffer payload() {
    return in;
  }

  /** How many bytes of it have not been read. */
  int payloadSize() {
    return next - in.position();
  }

  private void fill(int wanted) throws IOException {
    if (in.remaining() >= wanted) {
      return;
    }
    if (in.capacity() - in.position() < wanted) {
      in =
          wanted > in.capacity()
              ? ByteBuffer.allocate(Math.max(wanted, 2 * USUAL)).put(in).flip()
              : in.compact().flip();
    }
    socket.configureBlocking(true);
    int from = in.position();
    in.position(in.limit()).limit(in.capacity());
    try {
      while (in.position() - from < wanted) {
        if (socket.read(in) < 0) {
          throw new EOFException("the other side has closed the socket");
        }
      }
    } finally {
      in.limit(in.position()).position(from);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
