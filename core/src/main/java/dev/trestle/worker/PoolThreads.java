package dev.trestle.worker;

/**
 * Threads that serve whoever calls a pool, not whoever made it: they are in the JVM's topmost
 * group. A kernel tells by a thread's group which cell it works for, and these work for the cell
 * that runs.
 */
public final class PoolThreads {
  private PoolThreads() {}

  /** A thread that has not been started, and keeps no JVM from ending. */
  public static Thread daemon(String name, Runnable work) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, work, name);
    thread.setDaemon(true);
    return thread;
  }
}
