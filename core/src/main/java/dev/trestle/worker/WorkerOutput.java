package dev.trestle.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What a worker prints: lines that are passed on to this JVM's output under the worker's name,
 * within bounds. The last ones are kept. One thread relays; all threads may ask.
 */
final class WorkerOutput {
  private static final int TAIL_LINES = 20;
  private static final int LONGEST_LINE = 1 << 12; // 4 KiB; a longer one is cut

  /** Whoever reads this JVM's output may have stopped to. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final OutputAllowance allowance = new OutputAllowance();
  private final Deque<String> tail = new ArrayDeque<>();
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private boolean isOver;
  private volatile long relayed; // bytes; written under this object's monitor, as all the others

  WorkerOutput(String name) {
    this.name = name;
  }

  /** Passes on what there is until its end, and closes it. */
  void relay(InputStream from) {
    byte[] bytes = new byte[1 << 13];
    try (from) {
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        take(bytes, count);
      }
    } catch (IOException e) {
      // the process is gone
    } finally {
      end();
    }
  }

  private synchronized void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        pass();
      } else {
        if (length == LONGEST_LINE) {
          pass();
        }
        line[length++] = bytes[i];
      }
    }
    relayed += count;
    notifyAll();
  }

  private synchronized void end() {
    if (length > 0) {
      pass();
    }
    isOver = true;
    notifyAll();
  }

  private void pass() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    length = 0;
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(text);
    long leftOut = allowance.take(text.length() + 1, System.nanoTime());
    if (leftOut > 0) {
      System.out.println(
          "[%s] ... %,d lines were left out: too much output at once".formatted(name, leftOut));
    }
    if (leftOut >= 0) {
      System.out.println("[" + name + "] " + text);
    }
  }

  /**
   * Waits until so many bytes have been passed on, a line that has not ended among them.
   *
   * @param bytes counted from the worker's start
   */
  void await(long bytes) {
    if (relayed >= bytes && length == 0) {
      return; // nothing printed since: this is on the way of every result
    }
    boolean isInterrupted = false;
    synchronized (this) {
      long end = System.nanoTime() + PATIENCE;
      while (relayed < bytes && !isOver && end - System.nanoTime() > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        } catch (InterruptedException e) {
          isInterrupted = true;
          break;
        }
      }
      if (length > 0) {
        pass();
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines. */
  synchronized String tail() {
    return String.join("\n  ", tail);
  }
}
