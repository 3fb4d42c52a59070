package dev.trestle.worker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Messages over a Unix-domain socket.
 *
 * <p>One thread reads; any thread writes. An interrupt of a thread blocked in either closes the
 * socket.
 */
final class Channel implements Closeable {
  private static final int USUAL = 1 << 16; // 64 KiB
  private static final int LARGEST_KEPT = 1 << 20; // 1 MiB

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
        socket.write(bytes);
      }
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
