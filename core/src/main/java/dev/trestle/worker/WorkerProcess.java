package dev.trestle.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The process of one worker, and what it prints. Safe for use by several threads. */
final class WorkerProcess {
  private static final int TAIL_LINES = 20;

  /** A process that the worker has started may hold its output open for ever. */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private final int number;
  private final Process process;
  private final Thread relay;
  private final Deque<String> tail = new ArrayDeque<>();

  private WorkerProcess(int number, Process process) {
    this.number = number;
    this.process = process;
    this.relay =
        Thread.ofPlatform().daemon().name("trestle-output-" + number).unstarted(this::relayOutput);
  }

  static WorkerProcess launch(int number, List<String> command) throws IOException {
    // Ctrl-C in a terminal goes to all processes there. What it means for the workers is the
    // parent's to say, so they ignore it: a JVM leaves SIGINT ignored if it finds it so.
    var deaf = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    deaf.addAll(command);
    var builder = new ProcessBuilder(deaf).redirectErrorStream(true);
    // By default glibc gives each thread an arena and keeps what the JIT compilers freed in theirs:
    // some 45 MiB a worker after a busy minute. See mallopt(3).
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
    var launched = new WorkerProcess(number, builder.start());
    launched.relay.start();
    return launched;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Runs the action when the process has ended. */
  CompletableFuture<Void> onExit(Runnable action) {
    return process.onExit().thenRun(action);
  }

  /** Ends the process without waiting for its end. */
  void kill() {
    process.destroyForcibly();
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended, with the last lines it wrote; call {@link #end} first. */
  String describeEnd() {
    int code = process.exitValue();
    int signal = code - 128;
    String how = signal > 0 ? "signal " + signal : "exit code " + code;
    String last;
    synchronized (tail) {
      last = String.join("\n  ", tail);
    }
    return "process %d ended with %s%s"
        .formatted(process.pid(), how, last.isEmpty() ? "" : "; its last output:\n  " + last);
  }

  /** Passes what the worker prints on to this JVM's output, and keeps the last lines. */
  private void relayOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (tail) {
          if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
          }
          tail.addLast(line);
        }
        System.out.println("[worker " + number + "] " + line);
      }
    } catch (IOException e) {
      // the process is gone
    }
  }
}
