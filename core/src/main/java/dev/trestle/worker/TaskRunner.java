package dev.trestle.worker;

import dev.trestle.closure.ClosureDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches of jobs, one job after the other, in the thread that owns it.
 *
 * <p>Results go out at the end of a batch, and before it when they have waited long: what a slow
 * job's neighbours gave does not wait for it, and the parent always knows which job is at it.
 */
final class TaskRunner {
  private static final long FLUSH_NANOS = 500_000; // 0.5 ms

  /** Where replies go. */
  interface Replies {
    void send(Packet packet) throws IOException;
  }

  private final ClosureDecoder decoder;
  private final Replies replies;
  private final Packet out = new Packet();
  private final Turn turn = new Turn();
  private byte @Nullable [] encoded;
  private volatile @Nullable WorkerTask<@Nullable Object, @Nullable Object> task;

  TaskRunner(ClosureDecoder decoder, Replies replies) {
    this.decoder = decoder;
    this.replies = replies;
  }

  /** Takes the task that the following batches are for. */
  void task(ByteBuffer payload) {
    encoded = Scalar.bytes(payload);
    task = null;
  }

  /** Lets go of the task in hand, and so of the tables that only it has mapped. Any thread. */
  void forget() {
    task = null;
  }

  /** Gives back the jobs of a batch that have not begun. Any thread. */
  void giveBack(int batch, Packet packet) throws IOException {
    int begun = turn.close(batch);
    if (begun >= 0) {
      packet.begin(Packet.Kind.RETURNED).putInt(batch).putInt(begun).end();
      replies.send(packet);
    }
  }

  /** Runs a batch. */
  void run(ByteBuffer batch) throws IOException {
    int number = batch.getInt();
    int jobs = batch.getInt();
    turn.open(number, jobs);
    beginResults(number);
    int ready = 0;
    long start = System.nanoTime();
    while (turn.take()) {
      int before = out.position();
      try {
        runOne(batch);
      } catch (Throwable t) {
        out.position(before);
        Reply.putThrown(t, decoder, out);
      }
      // A task may leave this set, and a write would close the socket.
      Thread.interrupted();
      ready++;
      long now = System.nanoTime();
      if (now - start > FLUSH_NANOS) {
        flush(ready, now - start);
        beginResults(number);
        ready = 0;
        start = now;
      }
    }
    if (ready > 0) {
      flush(ready, System.nanoTime() - start);
    } else {
      out.clear();
    }
  }

  private void beginResults(int number) {
    out.begin(Packet.Kind.RESULTS).putInt(number).putInt(0).putLong(0).putLong(0);
  }

  private void flush(int ready, long nanos) throws IOException {
    out.setInt(Packet.HEADER + Integer.BYTES, ready);
    out.setLong(Packet.HEADER + 2 * Integer.BYTES, nanos);
    out.setLong(Packet.HEADER + 2 * Integer.BYTES + Long.BYTES, Printed.bytes());
    out.end();
    replies.send(out);
  }

  private void runOne(ByteBuffer batch) throws Exception {
    byte tag = batch.get();
    byte @Nullable [] bytes = tag == Scalar.ENCODED ? Scalar.bytes(batch) : null;
    Object scalar = bytes == null ? Scalar.read(tag, batch) : null;
    var decoded = task;
    if (decoded == null) {
      // Here, not on arrival: a task that cannot be decoded fails like one that throws.
      decoded = decode();
      task = decoded;
    }
    Object result = decoded.run(bytes == null ? scalar : decoder.decodeArgument(bytes));
    Reply.put(result, decoded::outgoing, decoder, out);
  }

  @SuppressWarnings("unchecked") // the pool sends nothing else
  private WorkerTask<@Nullable Object, @Nullable Object> decode() {
    byte[] bytes = Objects.requireNonNull(encoded, "an argument came before its task");
    return (WorkerTask<@Nullable Object, @Nullable Object>) decoder.decodeTask(bytes);
  }
}
