package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A worker JVM and the socket to it. One thread receives; who was given the worker sends; all
 * threads may {@link #kill} it.
 *
 * <p>The socket file is there only until the worker has connected.
 */
final class Worker implements PoolWorker {
  /** The kernel's limit on the path of a Unix-domain socket, see unix(7). */
  private static final int MAX_SOCKET_PATH = 107;

  /** For how many seconds a start is waited for; on a very busy machine more may be needed. */
  private static final String PATIENCE_PROPERTY = "trestle.worker.patience";

  private static final int USUAL_PATIENCE = 60;

  private static final AtomicLong STARTS = new AtomicLong();

  private final int number;
  private final WorkerProcess process;
  private final Channel channel;
  private final Packet out = new Packet();
  private final SentCode code = new SentCode();
  private @Nullable Message lastTask;
  private final AtomicLong jobs = new AtomicLong();
  private final Spin spin = new Spin();

  private Worker(int number, WorkerProcess process, Channel channel) {
    this.number = number;
    this.process = process;
    this.channel = channel;
  }

  /**
   * Starts a worker and waits until it is ready.
   *
   * @param label what errors and its output call it
   * @param folder for its socket and reports
   * @throws WorkerLostException if it does not get there, or the thread is interrupted; its process
   *     is gone then
   */
  static Worker start(int number, String label, WorkerCommand command, Path folder) {
    // Not by number: several pools start and restart workers in one folder.
    String name = "worker-" + STARTS.incrementAndGet() + ".sock";
    try {
      if (fits(folder.resolve(name))) {
        return start(number, label, command, folder, folder.resolve(name));
      }
      Path shorter = Files.createTempDirectory("trestle-"); // private to this user
      try {
        if (!fits(shorter.resolve(name))) {
          throw new IOException(
              "the path of a worker's socket may have %d bytes, this has more: %s; choose a store folder (-Dtrestle.store=...) or a temporary folder (-Djava.io.tmpdir=...) with a shorter path"
                  .formatted(MAX_SOCKET_PATH, shorter.resolve(name)));
        }
        return start(number, label, command, folder, shorter.resolve(name));
      } finally {
        Files.deleteIfExists(shorter);
      }
    } catch (IOException e) {
      throw new WorkerLostException(
          "%s did not start: %s".formatted(label, StartTrouble.explain(e)));
    }
  }

  private static Worker start(
      int number, String label, WorkerCommand command, Path folder, Path socket)
      throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      var process = WorkerProcess.launch(label, command.commandLine(socket, folder));
      return connect(number, label, process, server);
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH;
  }

  private static Worker connect(
      int number, String label, WorkerProcess process, ServerSocketChannel server)
      throws IOException {
    // A worker that dies before it connects must not leave us waiting for it.
    CompletableFuture<Void> watch = process.onExit(() -> closeQuietly(server));
    int seconds = Integer.getInteger(PATIENCE_PROPERTY, USUAL_PATIENCE);
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            () ->
                process.kill(
                    "no answer within %d s of its start (-D%s=... waits longer)"
                        .formatted(seconds, PATIENCE_PROPERTY)),
            CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
    try {
      Secret secret = Secret.create();
      process.tell(secret);
      var channel = new Channel(Reception.admit(server, secret));
      if (channel.receive() != Packet.Kind.READY) {
        throw new IOException("it began with something else than 'ready'");
      }
      return new Worker(number, process, channel);
    } catch (IOException e) {
      process.end();
      if (StartTrouble.isForWantOfDescriptors(e)) {
        throw e; // ours, not the worker's
      }
      throw new WorkerLostException("%s did not start: %s".formatted(label, process.describeEnd()));
    } finally {
      watch.cancel(false);
      patience.cancel(false);
    }
  }

  /**
   * Sends a batch, and its task unless the worker has that. The worker may be another thread's as
   * soon as this returns.
   *
   * @throws dev.trestle.closure.CaptureException if an argument cannot be sent: nothing was sent
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // one message for each call; comparing bytes would cost
  public void send(Batch batch) throws IOException {
    Call call = batch.call();
    boolean isNew = call.task() != lastTask;
    try {
      if (isNew) {
        putTask(call.task());
      }
      out.begin(Packet.Kind.RUN)
          .putByte(batch.isAttended() ? 1 : 0)
          .putInt(batch.number())
          .putInt(batch.jobs().size());
      for (Job job : batch.jobs()) {
        if (!Scalar.put(job.argument(), out)) {
          Message argument = call.encoder().encodeArgument(job.argument());
          code.require(argument);
          out.putByte(Scalar.ENCODED).putBytes(argument.bytes());
        }
      }
      out.end();
      code.send(channel);
    } catch (RuntimeException | Error e) {
      out.clear();
      code.clear();
      throw e;
    }
    lastTask = call.task();
    call.sized(batch.jobs().size(), out.position());
    jobs.addAndGet(batch.jobs().size());
    channel.send(out);
  }

  private void putTask(Message task) {
    code.require(task);
    out.begin(Packet.Kind.TASK).putBytes(task.bytes()).end();
  }

  /** Sends a task with one argument, null; before the first batch. */
  void sendInitialiser(Message task) throws IOException {
    putTask(task);
    out.begin(Packet.Kind.RUN).putByte(0).putInt(0).putInt(1);
    Scalar.put(null, out);
    out.end();
    code.send(channel);
    channel.send(out);
  }

  /**
   * Makes this worker an owner, instead of giving it batches; returns when the object is there.
   *
   * @return what the maker threw; null if the object is there
   * @throws IOException if the worker has ended
   */
  @Nullable Throwable serve(Path socket, Message maker, ClosureEncoder encoder) throws IOException {
    code.require(maker);
    code.send(channel);
    out.begin(Packet.Kind.SERVE)
        .putBytes(socket.toString().getBytes(StandardCharsets.UTF_8))
        .putBytes(maker.bytes())
        .end();
    channel.send(out);
    if (channel.receive() != Packet.Kind.ANSWER) {
      throw new IOException("it did not say whether it serves");
    }
    try {
      Reply.read(channel.payload(), encoder);
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  /** Runs the action when the process has ended. */
  void onExit(Runnable action) {
    var _ = process.onExit(action);
  }

  /** Waits until what it had printed by then is passed on. */
  void awaitOutput(long bytes) {
    process.output().await(bytes);
  }

  /** How long its answers are looked for; for who reads. */
  Spin spin() {
    return spin;
  }

  /** Looks for the next message, see {@link Spin#await}. */
  boolean answersSoon() throws IOException {
    return spin.await(channel);
  }

  /** Waits for the next message. */
  Packet.Kind receive() throws IOException {
    return channel.receive();
  }

  /** The content of the message received last. */
  ByteBuffer payload() {
    return channel.payload();
  }

  /** How many bytes of it have not been read. */
  int payloadSize() {
    return channel.payloadSize();
  }

  @Override
  public void wantBack(Batch batch) {
    if (batch.wantBack()) {
      process.wantBack(batch.number());
    }
  }

  @Override
  public long jobs() {
    return jobs.get();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once; the thread that waits for its reply sees the socket close. */
  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void kill(String why) {
    process.kill(why);
  }

  @Override
  public void close() {
    closeQuietly(channel);
    process.end();
  }

  /** Waits for the end of a worker whose socket is closed, and says how it came about. */
  @Override
  public String describeEnd() {
    process.awaitEnd();
    close();
    return process.describeEnd();
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // closed is closed
    }
  }
}
