package dev.trestle.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Waits at a socket for the one worker that knows the secret, and sends all others away. */
final class Reception {
  /** A server that is closed by another thread does not wake a selector. */
  private static final long LOOK_MILLIS = 100;

  private final ServerSocketChannel server;
  private final Secret secret;

  private Reception(ServerSocketChannel server, Secret secret) {
    this.server = server;
    this.secret = secret;
  }

  /**
   * Waits for the worker. Whoever else connects, and says whatever or nothing, is not waited for
   * and gets no byte.
   *
   * @return a blocking channel
   * @throws ClosedChannelException if the server is closed, or this thread interrupted, meanwhile
   */
  static SocketChannel admit(ServerSocketChannel server, Secret secret) throws IOException {
    server.configureBlocking(false);
    SocketChannel worker = new Reception(server, secret).await();
    worker.configureBlocking(true);
    secret.answer(worker);
    return worker;
  }

  private SocketChannel await() throws IOException {
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select(LOOK_MILLIS);
        if (!server.isOpen()) {
          throw new ClosedChannelException();
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new ClosedByInterruptException();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          SocketChannel known = key.isAcceptable() ? welcome(selector) : listen(key);
          if (known != null) {
            key.cancel();
            sendAway(selector, known);
            return known;
          }
        }
        selector.selectedKeys().clear();
      }
    }
  }

  private @Nullable SocketChannel welcome(Selector selector) throws IOException {
    SocketChannel someone = server.accept();
    if (someone != null) {
      someone.configureBlocking(false);
      someone.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(Secret.LENGTH));
    }
    return null;
  }

  /** The channel, when it has shown the secret. */
  private @Nullable SocketChannel listen(SelectionKey key) throws IOException {
    var someone = (SocketChannel) key.channel();
    var shown = (ByteBuffer) key.attachment();
    boolean isOver;
    try {
      isOver = someone.read(shown) < 0;
    } catch (IOException e) {
      isOver = true; // it has gone
    }
    if (!isOver && shown.hasRemaining()) {
      return null;
    }
    if (!isOver && secret.isOfWorker(bytes(shown))) {
      return someone;
    }
    someone.close();
    return null;
  }

  private static byte[] bytes(ByteBuffer shown) {
    byte[] bytes = new byte[Secret.LENGTH];
    shown.flip().get(bytes);
    return bytes;
  }

  @SuppressWarnings("ReferenceEquality") // channels have no other equality
  private void sendAway(Selector selector, SocketChannel worker) throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.channel() != worker && key.channel() != server) {
        key.channel().close();
      }
    }
  }
}
