package dev.trestle.worker;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what this JVM prints. The count goes with each result, so that the parent can pass on what
 * a task printed before it hands out what the task gave.
 */
final class Printed extends OutputStream {
  private static final AtomicLong BYTES = new AtomicLong();

  private final FileOutputStream to;

  private Printed(FileDescriptor to) {
    this.to = new FileOutputStream(to);
  }

  /** Counts from now on. */
  static void count() {
    System.setOut(stream(FileDescriptor.out, System.out));
    System.setErr(stream(FileDescriptor.err, System.err));
  }

  /** As the JDK makes the one in place of which this is. */
  private static PrintStream stream(FileDescriptor to, PrintStream before) {
    return new PrintStream(new BufferedOutputStream(new Printed(to), 128), true, before.charset());
  }

  /** How many bytes there were so far. */
  static long bytes() {
    return BYTES.get();
  }

  @Override
  public void write(int b) throws IOException {
    to.write(b);
    BYTES.incrementAndGet();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    to.write(bytes, offset, length);
    BYTES.addAndGet(length);
  }
}
