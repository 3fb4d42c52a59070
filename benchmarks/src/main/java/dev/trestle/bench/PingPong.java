package dev.trestle.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes that go to another JVM and come back, and nothing else: what a round trip cannot be faster
 * than here and now.
 */
final class PingPong {
  private static final int MESSAGE = 512; // about what a task of a lambda takes
  private static final int WARM_UP = 20_000;

  private PingPong() {}

  /** How both sides wait for bytes. */
  enum Waiting {
    ASLEEP,
    AWAKE
  }

  /** The other side: the path of the socket, and how to wait. */
  public static void main(String[] arguments) throws IOException {
    try (SocketChannel socket =
        SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])))) {
      socket.configureBlocking(Waiting.valueOf(arguments[1]) == Waiting.ASLEEP);
      ByteBuffer bytes = ByteBuffer.allocate(MESSAGE);
      while (true) {
        read(socket, bytes);
        write(socket, bytes);
      }
    } catch (EOFException e) {
      // over
    }
  }

  /** The median of so many round trips, in microseconds. */
  static double micros(Waiting how, int trips) {
    try {
      Path folder = Files.createTempDirectory("ping");
      Path path = folder.resolve("s");
      try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        Process other =
            new ProcessBuilder(
                    OtherJvm.command(
                        List.of("-XX:+UseSerialGC"), PingPong.class, path.toString(), how.name()))
                .inheritIO()
                .start();
        try (SocketChannel socket = server.accept()) {
          socket.configureBlocking(how == Waiting.ASLEEP);
          return median(socket, trips);
        } finally {
          other.onExit().join();
        }
      } finally {
        Files.deleteIfExists(path);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double median(SocketChannel socket, int trips) throws IOException {
    long[] nanos = new long[trips];
    ByteBuffer bytes = ByteBuffer.allocate(MESSAGE);
    for (int i = -WARM_UP; i < trips; i++) {
      long start = System.nanoTime();
      bytes.clear();
      bytes.position(MESSAGE);
      write(socket, bytes);
      read(socket, bytes);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[trips / 2] / 1e3;
  }

  private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  private static void read(SocketChannel socket, ByteBuffer bytes) throws IOException {
    bytes.clear();
    while (bytes.hasRemaining()) {
      int count = socket.read(bytes);
      if (count < 0) {
        throw new EOFException();
      }
      if (count == 0) {
        Thread.onSpinWait();
      }
    }
  }
}
