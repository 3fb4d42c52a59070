package dev.trestle.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * Messages over a Unix-domain socket: a type byte, a length, the bytes.
 *
 * <p>One thread reads and one thread writes. An interrupt of a thread blocked here closes the
 * socket, so only threads that belong to the channel may use it.
 */
final class Channel implements Closeable {
  private static final byte READY = 1;
  private static final byte TASK = 2;
  private static final byte RUN = 3;
  private static final byte DONE = 4;
  private static final byte FAILED = 5;

  private final SocketChannel socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  Channel(SocketChannel socket) {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(socket)));
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(socket)));
  }

  void send(Message message) throws IOException {
    switch (message) {
      case Message.Ready(long pid) -> {
        out.writeByte(READY);
        out.writeInt(Long.BYTES);
        out.writeLong(pid);
      }
      case Message.Task(byte[] task) -> frame(TASK, task);
      case Message.Run(byte[] argument) -> frame(RUN, argument);
      case Message.Done(byte[] result) -> frame(DONE, result);
      case Message.Failed(byte[] throwable) -> frame(FAILED, throwable);
    }
    out.flush();
  }

  /**
   * The next message.
   *
   * @throws EOFException if the other side is gone
   */
  Message receive() throws IOException {
    byte type = in.readByte();
    int length = in.readInt();
    if (type == READY) {
      return new Message.Ready(in.readLong());
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return switch (type) {
      case TASK -> new Message.Task(bytes);
      case RUN -> new Message.Run(bytes);
      case DONE -> new Message.Done(bytes);
      case FAILED -> new Message.Failed(bytes);
      default -> throw new IOException("message of unknown type " + type);
    };
  }

  private void frame(byte type, byte[] bytes) throws IOException {
    out.writeByte(type);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
