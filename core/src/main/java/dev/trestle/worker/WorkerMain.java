package dev.trestle.worker;

import dev.trestle.closure.ClosureDecoder;
import dev.trestle.closure.StandIns;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A worker JVM: runs one task at a time for the JVM that started it.
 *
 * <p>The main thread reads the socket, runs and answers: each hand-off to another thread would cost
 * as much as the socket itself. Standard input is watched by a thread that does nothing else: when
 * the parent dies, however it dies, it ends, and so does the worker, even in the middle of a task.
 */
public final class WorkerMain {
  private final Channel channel;
  private final ClosureDecoder decoder = new ClosureDecoder(WorkerMain.class.getClassLoader());
  private final TaskRunner runner;
  private final LeanHeap heap;
  private final Spin spin = new Spin();
  private volatile @Nullable Path served;

  private WorkerMain(Channel channel) {
    this.channel = channel;
    this.runner = new TaskRunner(decoder, channel::send);
    this.heap = new LeanHeap(runner::forget);
  }

  /** Started by a {@link WorkerPool} with the path of the socket to connect to. */
  @SuppressWarnings("CatchAndPrintStackTrace") // the parent reads it, there is no log
  public static void main(String[] arguments) throws IOException {
    InputStream orders = System.in;
    System.setIn(InputStream.nullInputStream()); // a task's System.in is at its end
    Secret secret = Secret.read(orders);
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(Path.of(arguments[0])));
    secret.introduce(socket);
    var worker = new WorkerMain(new Channel(socket));
    Thread.ofPlatform().name("trestle-orders").daemon().start(() -> worker.obey(orders));
    try {
      worker.work();
    } catch (IOException e) {
      // the parent has closed the socket
    } catch (Throwable t) {
      t.printStackTrace();
    } finally {
      worker.removeSocket();
      Runtime.getRuntime().halt(1); // a task's own threads could keep this JVM alive
    }
  }

  /** Each order is the number of a batch whose jobs are wanted back. */
  private void obey(InputStream orders) {
    var packet = new Packet();
    try (var numbers = new DataInputStream(orders)) {
      while (true) {
        runner.giveBack(numbers.readInt(), packet);
      }
    } catch (IOException e) {
      // the parent is gone or has closed the pool
    } finally {
      removeSocket();
      // Halt, as a task may be in a loop or a hook may hang; what the worker was writing is swept
      // by tag or by the next session.
      Runtime.getRuntime().halt(0);
    }
  }

  private void work() throws IOException {
    var hello = new Packet();
    hello.begin(Packet.Kind.READY).end();
    channel.send(hello);
    heap.watch();
    Printed.count();
    while (true) {
      switch (channel.receive()) {
        case CODE -> decoder.learn(SentCode.read(channel.payload()));
        case TASK -> runner.task(channel.payload());
        case RUN -> {
          heap.busy(true);
          boolean isMoreExpected = channel.payload().get() != 0;
          runner.run(channel.payload());
          heap.busy(false);
          if (isMoreExpected && spin.pays()) {
            spin.await(channel);
          }
        }
        case SERVE -> serve(channel.payload());
        case READY, RESULTS, RETURNED, QUESTION, ASK, ANSWER ->
            throw new IllegalStateException("the parent answers what it was not asked");
      }
    }
  }

  private void serve(ByteBuffer order) throws IOException {
    Path socket = Path.of(new String(Scalar.bytes(order), StandardCharsets.UTF_8));
    var out = new Packet();
    out.begin(Packet.Kind.ANSWER);
    int begin = out.position();
    try {
      served = socket;
      OwnerServer.open(decoder, socket, Scalar.bytes(order));
      Reply.put(null, StandIns.NONE, decoder, out);
    } catch (Throwable t) {
      out.position(begin);
      Reply.putThrown(t, decoder, out);
    }
    out.end();
    channel.send(out);
  }

  /** The parent, which would do it, may have been killed. */
  private void removeSocket() {
    Path socket = served;
    if (socket != null) {
      try {
        Owner.removeSocket(socket);
      } catch (IOException e) {
        // gone with its folder
      }
    }
  }
}
