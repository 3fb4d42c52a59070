package dev.trestle.worker;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * In an owner: who asks, and the thread that answers.
 *
 * <p>An asker sends its next question when it has its answer. So whatever comes before that is its
 * end: it was interrupted, or killed.
 */
final class Asker implements Closeable {
  private final Channel channel;
  private @Nullable Thread answering; // under this object's monitor

  Asker(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** The present thread works on an answer from now on, and does not read. */
  synchronized void begins() {
    answering = Thread.currentThread();
  }

  /** It has the answer; no interrupt comes after this. */
  synchronized void ends() {
    answering = null;
    var _ = Thread.interrupted(); // set, it would close the socket
  }

  synchronized boolean isBeingAnswered() {
    return answering != null;
  }

  /** Interrupts the answer if nobody waits for it any more. */
  synchronized void look() {
    Thread busy = answering;
    if (busy != null && isGone()) {
      busy.interrupt();
    }
  }

  private boolean isGone() {
    try {
      return channel.arrives(0);
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
