package dev.trestle.worker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * What a worker and the JVM that started it know, and nobody else: it goes through the worker's
 * standard input, made anew for each worker.
 *
 * <p>The socket is in a folder of this user alone; but another process of the same user could
 * connect to it, or put one of its own in its place. So the worker shows the first half before it
 * is given anything to run, and runs nothing before it has seen the second.
 *
 * @param ofWorker what the worker shows
 * @param ofParent what the parent answers
 */
record Secret(byte[] ofWorker, byte[] ofParent) {
  static final int LENGTH = 32;

  static Secret create() {
    // No static field: a worker makes none, and would pay for the security providers at its start.
    var random = new SecureRandom();
    var secret = new Secret(new byte[LENGTH], new byte[LENGTH]);
    random.nextBytes(secret.ofWorker);
    random.nextBytes(secret.ofParent);
    return secret;
  }

  /** Reads what {@link #bytes} gave. */
  static Secret read(InputStream in) throws IOException {
    var secret = new Secret(new byte[LENGTH], new byte[LENGTH]);
    var data = new DataInputStream(in);
    data.readFully(secret.ofWorker);
    data.readFully(secret.ofParent);
    return secret;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * LENGTH).put(ofWorker).put(ofParent).array();
  }

  boolean isOfWorker(byte[] shown) {
    return MessageDigest.isEqual(ofWorker, shown); // takes the same time wherever they differ
  }

  /** The worker's side: shows its half, and waits for the other. */
  void introduce(SocketChannel socket) throws IOException {
    write(socket, ofWorker);
    ByteBuffer answer = ByteBuffer.allocate(LENGTH);
    while (answer.hasRemaining()) {
      if (socket.read(answer) < 0) {
        throw new EOFException("the other side of the socket did not want this worker");
      }
    }
    if (!MessageDigest.isEqual(ofParent, answer.array())) {
      throw new IOException(
          "the other side of the socket is not the JVM that started this worker; nothing was run");
    }
  }

  /** The parent's side, when the worker has shown its half. */
  void answer(SocketChannel socket) throws IOException {
    write(socket, ofParent);
  }

  private static void write(SocketChannel socket, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      socket.write(buffer);
    }
  }
}
