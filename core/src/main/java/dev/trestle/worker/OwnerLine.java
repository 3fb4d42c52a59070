package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to an owner, from any process of the session. Safe for use by several threads.
 *
 * <p>A question holds a connection for itself until it is answered; afterwards that is kept for the
 * next one.
 */
public final class OwnerLine {
  private static final Map<Path, ConcurrentLinkedDeque<Connection>> FREE =
      new ConcurrentHashMap<>();

  /** A process that closes its socket is still there for a moment. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(2);

  private final String name;
  private final long pid;
  private final Path socket;
  private final @Nullable Owner owner;

  /**
   * @param name of the object, for errors
   * @param owner null in all processes but the one that started it
   */
  public OwnerLine(String name, long pid, Path socket, @Nullable Owner owner) {
    this.name = name;
    this.pid = pid;
    this.socket = socket;
    this.owner = owner;
  }

  private static final class Connection {
    private final Channel channel;
    private final Packet out = new Packet();
    private final SentCode code = new SentCode();
    private byte[] lastQuestion = {};

    Connection(Channel channel) {
      this.channel = channel;
    }

    void send(Message question, @Nullable Object[] arguments) throws IOException {
      if (!Arrays.equals(question.bytes(), lastQuestion)) {
        code.require(question);
        code.send(channel);
        out.begin(Packet.Kind.QUESTION).putBytes(question.bytes()).end();
        lastQuestion = question.bytes();
      }
      out.begin(Packet.Kind.ASK).putInt(arguments.length);
      for (Object argument : arguments) {
        if (!Scalar.put(argument, out)) {
          throw new IllegalArgumentException("not a number or a text: " + argument);
        }
      }
      out.end();
      channel.send(out);
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @param question encoded, as a task is
   * @param arguments numbers and texts
   * @param encoder reads the answer
   * @throws TaskFailedException if the question threw
   * @throws OwnerLostException if the owner has ended; the question may have been answered
   * @throws CancellationException if this thread is interrupted; so is the question, soon
   */
  public @Nullable Object ask(
      Message question, ClosureEncoder encoder, @Nullable Object... arguments) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    Connection connection = null;
    try {
      connection = connect();
      connection.send(question, arguments);
      if (connection.channel.receive() != Packet.Kind.ANSWER) {
        throw new IOException("it answered with something else than an answer");
      }
    } catch (IOException e) {
      if (connection != null) {
        Worker.closeQuietly(connection.channel);
      }
      throw Thread.currentThread().isInterrupted() ? interrupted() : lost(e);
    }
    try {
      return Reply.read(connection.channel.payload(), encoder);
    } catch (Throwable t) {
      throw new TaskFailedException(
              "a question to served '%s' failed in its owner (process %d): %s"
                  .formatted(name, pid, t),
              t)
          .at(OwnFrames.callers(new Throwable().getStackTrace()));
    } finally {
      FREE.computeIfAbsent(socket, unknown -> new ConcurrentLinkedDeque<>()).push(connection);
    }
  }

  private Connection connect() throws IOException {
    var free = FREE.get(socket);
    Connection known = free == null ? null : free.poll();
    if (known != null) {
      return known;
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new Connection(new Channel(channel));
  }

  /** Lets go of the connections that nobody uses. */
  public void close() {
    var free = FREE.remove(socket);
    if (free != null) {
      free.forEach(connection -> Worker.closeQuietly(connection.channel));
    }
  }

  private CancellationException interrupted() {
    return new CancellationException("interrupted while asking served '%s'".formatted(name));
  }

  private RuntimeException lost(IOException e) {
    if (isOwnerAlive()) {
      return new IllegalStateException(
          "served '%s' cannot be asked, though its owner lives (process %d): %s"
              .formatted(name, pid, e),
          e);
    }
    close();
    return new OwnerLostException(
        "served '%s' is lost, its owner has ended (%s); serve it again"
            .formatted(
                name,
                owner == null
                    ? "process %d, closed or killed".formatted(pid)
                    : owner.describeEnd()));
  }

  private boolean isOwnerAlive() {
    var process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return false;
    }
    try {
      process.get().onExit().get(LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (Exception e) {
      return process.get().isAlive();
    }
  }
}
