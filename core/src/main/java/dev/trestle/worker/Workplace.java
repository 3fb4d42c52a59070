package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/** Where the workers of a pool run. */
public sealed interface Workplace {
  /**
   * Each in a JVM of its own; tasks, arguments and results are copied.
   *
   * @param folder a private folder for sockets, made by the caller
   */
  record Processes(Path folder, ClosureEncoder encoder) implements Workplace {}

  /**
   * Each in a thread of this JVM; tasks, arguments and results are handed over as they are.
   *
   * @param factory makes the threads; what it puts around their work is around each task
   */
  record Threads(ThreadFactory factory) implements Workplace {}
}
