package dev.trestle.worker;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The process of one worker, and what it prints. Safe for use by several threads. */
final class WorkerProcess {
  /** What a JVM with ExitOnOutOfMemoryError ends with. */
  private static final int OUT_OF_MEMORY = 3;

  /** A process that the worker has started may hold its output open for ever. */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  /** A JVM that crashes closes its socket at the very end, when its report is written. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(2);

  /** What a start needs at one time: three pipes, two of the JDK's own, a socket and a selector. */
  private static final int DESCRIPTORS = 24;

  private final Process process;
  private final WorkerOutput output;
  private final Thread relay;
  private volatile @Nullable String reason;

  private WorkerProcess(String name, Process process) {
    this.process = process;
    this.output = new WorkerOutput(name);
    this.relay = PoolThreads.daemon("trestle-output", () -> output.relay(process.getInputStream()));
  }

  /**
   * @param name what its output is marked with
   */
  static WorkerProcess launch(String name, List<String> command) throws IOException {
    // Ctrl-C in a terminal goes to all processes there. What it means for the workers is the
    // parent's to say, so they ignore it: a JVM leaves SIGINT ignored if it finds it so.
    var deaf = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    deaf.addAll(command);
    var builder = new ProcessBuilder(deaf).redirectErrorStream(true);
    // By default glibc gives each thread an arena and keeps what the JIT compilers freed in theirs:
    // some 45 MiB a worker after a busy minute. See mallopt(3).
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
    checkDescriptors();
    var launched = new WorkerProcess(name, builder.start());
    launched.relay.start();
    return launched;
  }

  /**
   * Fails while too few file descriptors are free for a start: a start that fails for want of them
   * leaks some, and now and then closes one that is in use (ProcessBuilder of JDK 25.0.3 alone, in
   * one of some ten processes that had a few left).
   */
  private static void checkDescriptors() throws IOException {
    List<FileInputStream> spare = new ArrayList<>();
    try {
      for (int i = 0; i < DESCRIPTORS; i++) {
        spare.add(new FileInputStream("/dev/null"));
      }
    } finally {
      for (FileInputStream each : spare) {
        each.close();
      }
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it prints. */
  WorkerOutput output() {
    return output;
  }

  /** Runs the action when the process has ended. */
  CompletableFuture<Void> onExit(Runnable action) {
    return process.onExit().thenRun(action);
  }

  /** Ends the process without waiting for its end, and remembers why. */
  void kill(String why) {
    reason = why;
    kill();
  }

  /** Ends the process without waiting for its end. */
  void kill() {
    // Of a Process, rather than its handle, it closes the streams: last words are lost.
    if (StartCaches.isRehearsal()) {
      process.toHandle().destroy(); // asked to end, it writes down what it has seen
    } else {
      process.toHandle().destroyForcibly();
    }
  }

  /** Gives a process that has closed its socket a moment to end by itself, in its own way. */
  void awaitEnd() {
    boolean interrupted = false;
    long end = System.nanoTime() + LAST_STEPS.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (process.waitFor(LAST_STEPS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process and waits for its end, and for the last of its output. */
  void end() {
    kill();
    boolean interrupted = false;
    while (true) {
      try {
        process.waitFor();
        relay.join(LAST_OUTPUT);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    process.destroyForcibly(); // closes its streams
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended, with the last lines it wrote; call {@link #end} first. */
  String describeEnd() {
    int code = process.exitValue();
    int signal = code - 128;
    String why = reason;
    String how =
        why != null
            ? why
            : switch (code) {
              case OUT_OF_MEMORY -> "exit code 3 (OutOfMemoryError, or System.exit(3) in the task)";
              default -> signal > 0 ? signal(signal) : "exit code " + code;
            };
    String last = output.tail();
    return "process %d ended with %s%s"
        .formatted(process.pid(), how, last.isEmpty() ? "" : "; its last output:\n  " + last);
  }

  private static String signal(int number) {
    return switch (number) {
      case 6 -> "signal 6 (SIGABRT: a crash in native code or of the JVM)";
      case 9 -> "signal 9 (SIGKILL: somebody killed it; or the machine was out of memory)";
      case 11 -> "signal 11 (SIGSEGV)";
      case 15 -> "signal 15 (SIGTERM)";
      default -> "signal " + number;
    };
  }

  /** Tells the worker what it is to show; one that is gone does not hear it. */
  void tell(Secret secret) {
    try {
      synchronized (process) {
        OutputStream orders = process.getOutputStream();
        orders.write(secret.bytes());
        orders.flush();
      }
    } catch (IOException e) {
      // its end is noticed by who waits for it
    }
  }

  /** Asks for the jobs of a batch that have not begun; a worker that is gone does not answer. */
  void wantBack(int batch) {
    try {
      synchronized (process) {
        OutputStream orders = process.getOutputStream();
        orders.write(ByteBuffer.allocate(Integer.BYTES).putInt(batch).array());
        orders.flush();
      }
    } catch (IOException e) {
      // its end is noticed by who reads its socket
    }
  }
}
