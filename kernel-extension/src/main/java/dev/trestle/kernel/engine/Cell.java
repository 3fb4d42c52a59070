package dev.trestle.kernel.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a cell: its number, and the threads that do its work. What a kernel wants to know of a
 * running cell goes into a subclass.
 */
public class Cell {
  /** A front end gets its answer within a second, whatever the code does. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(600);

  private static final long BETWEEN_INTERRUPTS = 20; // ms

  private final int number;
  private final Threads threads;
  private boolean interrupted; // guarded by this

  public Cell(int number) {
    this.number = number;
    this.threads = new Threads(this);
  }

  /** The cell's text, with the magics that its code was made of; empty if it is not known. */
  protected String written() {
    return "";
  }

  /** The number in the cell's prompt. */
  public final int number() {
    return number;
  }

  /**
   * The cell that started a thread, itself or through other threads. A pool's thread works for
   * whoever gives it work, so it belongs to none.
   */
  public static @Nullable Cell of(Thread thread) {
    if (thread instanceof ForkJoinWorkerThread) {
      return null;
    }
    ThreadGroup group = thread.getThreadGroup();
    while (group != null && !(group instanceof Threads)) {
      group = group.getParent();
    }
    return group == null ? null : ((Threads) group).cell;
  }

  public final synchronized boolean isInterrupted() {
    return interrupted;
  }

  final synchronized void interrupt() {
    interrupted = true;
    notifyAll();
  }

  /**
   * Runs code of the user on a thread of this cell and waits for its end, or for half a second
   * after an interrupt.
   *
   * @throws ExecutionException with what the code has thrown
   * @throws InterruptedCellException if the cell was interrupted, before or meanwhile
   */
  final <T extends @Nullable Object> T call(Callable<T> code, ClassLoader loader)
      throws ExecutionException, InterruptedException {
    if (isInterrupted()) {
      throw new InterruptedCellException(null, null);
    }
    var task =
        new FutureTask<T>(code) {
          @Override
          protected void done() {
            synchronized (Cell.this) {
              Cell.this.notifyAll();
            }
          }
        };
    Thread thread = new Thread(threads, task, "cell [" + number + "]");
    thread.setContextClassLoader(loader);
    thread.start();
    synchronized (this) {
      while (!task.isDone() && !interrupted) {
        wait();
      }
    }
    if (isInterrupted()) {
      throw afterInterrupt(task, thread);
    }
    return task.get();
  }

  private InterruptedCellException afterInterrupt(FutureTask<?> task, Thread thread)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    // Again and again: code may catch one interrupt and go on to the next wait.
    do {
      if (!task.isDone()) {
        thread.interrupt();
      }
      inNotebookCode().forEach(Thread::interrupt);
      Thread.sleep(BETWEEN_INTERRUPTS);
    } while ((!task.isDone() || !inNotebookCode().isEmpty()) && System.nanoTime() < end);
    if (!task.isDone()) {
      return new InterruptedCellException(null, thread);
    }
    try {
      task.get();
      return new InterruptedCellException(null, null);
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      return new InterruptedCellException(
          thrown instanceof InvocationTargetException ? thrown.getCause() : thrown, null);
    }
  }

  /** This cell's threads, and those of pools, that are inside notebook code right now. */
  final List<Thread> inNotebookCode() {
    List<Thread> found = new ArrayList<>();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      Cell owner = of(each.getKey());
      if (owner == null || owner.equals(this)) {
        for (StackTraceElement frame : each.getValue()) {
          if (frame.getClassName().startsWith("REPL.")) {
            found.add(each.getKey());
            break;
          }
        }
      }
    }
    return found;
  }

  private static final class Threads extends ThreadGroup {
    private final Cell cell;

    Threads(Cell cell) {
      super("cell [" + cell.number + "]");
      this.cell = cell;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      if (!(failure instanceof CellStop)) {
        super.uncaughtException(thread, failure);
      }
    }
  }
}
