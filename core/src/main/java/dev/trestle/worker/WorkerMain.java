package dev.trestle.worker;

import dev.trestle.closure.ClosureDecoder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker JVM: runs one task at a time for the JVM that started it.
 *
 * <p>The reading thread does nothing but read: when the parent dies, however it dies, the socket
 * closes and the worker ends at once, even in the middle of a task.
 */
public final class WorkerMain {
  /**
   * After this long without a task, what the last ones left on the heap goes back to the system.
   */
  private static final long IDLE_MILLIS = 100;

  private final Channel channel;
  private final ClosureDecoder decoder = new ClosureDecoder(WorkerMain.class.getClassLoader());
  private final LeanHeap heap = new LeanHeap();
  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private byte @Nullable [] encoded;
  private @Nullable WorkerTask<@Nullable Object, @Nullable Object> task;

  private WorkerMain(Channel channel) {
    this.channel = channel;
  }

  /** Started by a {@link WorkerPool} with the path of the socket to connect to. */
  @SuppressWarnings("CatchAndPrintStackTrace") // the parent reads it, there is no log
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(Path.of(arguments[0])));
    var worker = new WorkerMain(new Channel(socket));
    Thread.ofPlatform().name("trestle-reader").daemon().start(worker::read);
    try {
      worker.work();
    } catch (Throwable t) {
      t.printStackTrace();
    } finally {
      Runtime.getRuntime().halt(1); // a task's own threads could keep this JVM alive
    }
  }

  private void read() {
    try {
      while (true) {
        inbox.add(channel.receive());
      }
    } catch (IOException e) {
      // the parent is gone or has closed the pool
    } finally {
      // Halt, as a task may be in a loop or a hook may hang; what the worker was writing is swept
      // by tag or by the next session.
      Runtime.getRuntime().halt(0);
    }
  }

  private void work() throws IOException, InterruptedException {
    heap.watch();
    channel.send(new Message.Ready(ProcessHandle.current().pid()));
    while (true) {
      switch (next()) {
        case Message.Task(byte[] bytes) -> {
          encoded = bytes;
          task = null;
        }
        case Message.Run(byte[] argument) -> {
          Message reply = run(argument);
          // A task may leave this set, and a write would close the socket.
          Thread.interrupted();
          channel.send(reply);
        }
        case Message.Ready ignored -> throw new IllegalStateException("a parent is not a worker");
        case Message.Done ignored -> throw new IllegalStateException("a parent runs no task");
        case Message.Failed ignored -> throw new IllegalStateException("a parent runs no task");
      }
    }
  }

  private Message next() throws InterruptedException {
    Message message = inbox.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    if (message != null) {
      return message;
    }
    task = null; // with it go the tables that only this task has mapped
    heap.collect();
    return inbox.take();
  }

  private Message run(byte[] argument) {
    try {
      var decoded = task;
      if (decoded == null) {
        // Here, not on arrival: a task that cannot be decoded fails like one that throws.
        decoded = decode(encoded);
        task = decoded;
      }
      Object result = decoded.run(decoder.decodeArgument(argument));
      return new Message.Done(decoder.encodeResult(result));
    } catch (Throwable t) {
      return new Message.Failed(encode(t));
    }
  }

  @SuppressWarnings("unchecked") // the pool sends nothing else
  private WorkerTask<@Nullable Object, @Nullable Object> decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalStateException("an argument came before its task");
    }
    return (WorkerTask<@Nullable Object, @Nullable Object>) decoder.decodeTask(bytes);
  }

  private byte[] encode(Throwable thrown) {
    try {
      return decoder.encodeResult(thrown);
    } catch (RuntimeException e) {
      return decoder.encodeResult(RemoteThrowable.like(thrown));
    }
  }
}
