package dev.trestle.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One worker and the socket to it. Used by one thread, but for {@link #kill}, {@link #isAlive} and
 * {@link #pid}.
 *
 * <p>The socket file is there only until the worker has connected.
 */
final class Worker {
  /** The kernel's limit on the path of a Unix-domain socket, see unix(7). */
  private static final int MAX_SOCKET_PATH = 107;

  private static final AtomicLong STARTS = new AtomicLong();

  private final int number;
  private final WorkerProcess process;
  private final Channel channel;
  private byte @Nullable [] lastTask;

  private Worker(int number, WorkerProcess process, Channel channel) {
    this.number = number;
    this.process = process;
    this.channel = channel;
  }

  /**
   * Starts a worker and waits until it is ready.
   *
   * @throws WorkerLostException if it does not get there, or the thread is interrupted; its process
   *     is gone then
   */
  static Worker start(int number, WorkerCommand command, Path folder) {
    // Not by number: several pools start and restart workers in one folder.
    Path socket = folder.resolve("worker-" + STARTS.incrementAndGet() + ".sock");
    try {
      checkLength(socket);
      try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        return connect(number, WorkerProcess.launch(number, command.commandLine(socket)), server);
      } finally {
        Files.deleteIfExists(socket);
      }
    } catch (IOException e) {
      throw new WorkerLostException("worker %d did not start: %s".formatted(number, e));
    }
  }

  private static void checkLength(Path socket) throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
      throw new IOException(
          "the path of a worker's socket may have %d bytes, this has more: %s; choose a store folder"
                  .formatted(MAX_SOCKET_PATH, socket)
              + " with a shorter path (-Dtrestle.store=...)");
    }
  }

  private static Worker connect(int number, WorkerProcess process, ServerSocketChannel server) {
    // A worker that dies before it connects must not leave us waiting for it.
    CompletableFuture<Void> watch = process.onExit(() -> closeQuietly(server));
    try {
      var channel = new Channel(server.accept());
      if (!(channel.receive() instanceof Message.Ready)) {
        throw new IOException("it began with something else than 'ready'");
      }
      return new Worker(number, process, channel);
    } catch (IOException e) {
      process.end();
      throw new WorkerLostException(
          "worker %d did not start (%s): %s".formatted(number, e, process.describeEnd()));
    } finally {
      watch.cancel(false);
    }
  }

  /** Runs a job and waits for its reply. */
  @SuppressWarnings("ReferenceEquality") // one array for each call; comparing bytes would cost
  Message run(Job job) throws IOException {
    byte[] task = job.call().task();
    if (task != lastTask) {
      channel.send(new Message.Task(task));
      lastTask = task;
    }
    channel.send(new Message.Run(job.argument()));
    return channel.receive();
  }

  int number() {
    return number;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once; the thread that waits for its reply sees the socket close. */
  void kill() {
    process.kill();
  }

  /** Ends the worker and waits until it is gone. */
  void close() {
    closeQuietly(channel);
    process.end();
  }

  /** Ends the worker, and says how it ended, with the last lines it wrote. */
  String describeEnd() {
    close();
    return process.describeEnd();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // closed is closed
    }
  }
}
