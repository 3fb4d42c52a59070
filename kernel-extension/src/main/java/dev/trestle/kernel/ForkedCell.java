package dev.trestle.kernel;

import dev.trestle.Computation;
import dev.trestle.Trestle;
import dev.trestle.WorkerSettings;
import dev.trestle.Workers;
import dev.trestle.worker.TaskFailedException;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the code calls that {@code %%fork} makes of a cell. */
public final class ForkedCell {
  /**
   * @param heap in bytes; 0 for as much as this JVM
   */
  record Terms(long heap, @Nullable Duration timeout) {}

  /**
   * Values of different types, the last one first; the types are what the compiler makes of them.
   * Each is put before the others by a call of its own: of calls inside of calls the compiler would
   * take twice as long for each one more.
   */
  public record With<A extends @Nullable Object, B extends @Nullable Object>(A first, B rest)
      implements Serializable {
    /** These values, with another one before them. */
    public <C extends @Nullable Object> With<C, With<A, B>> with(C value) {
      return new With<>(value, this);
    }
  }

  private ForkedCell() {}

  /** A single value. */
  public static <A extends @Nullable Object> With<A, @Nullable Object> of(A value) {
    return new With<>(value, null);
  }

  /**
   * Runs code in a JVM of its own, once.
   *
   * @throws dev.trestle.worker.WorkerLostException if the JVM dies under it, with its last words
   */
  public static <R extends @Nullable Object> R run(String key, Computation<? extends R> code)
      throws Exception {
    Terms terms = Handover.take(key);
    WorkerSettings settings = WorkerSettings.of(1).idleAfter(null);
    try (Workers fresh =
        Trestle.workers(terms.heap() == 0 ? settings : settings.heap(terms.heap()))) {
      Workers once = fresh.retries(0);
      return (terms.timeout() == null ? once : once.timeout(terms.timeout())).<R>submit(code).get();
    } catch (ExecutionException e) {
      // What the code threw, as if it had been thrown here; what became of the JVM, as it is.
      Throwable thrown =
          e.getCause() instanceof TaskFailedException failed ? failed.getCause() : e.getCause();
      throw thrown instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted while the cell ran in its own JVM");
      cancelled.initCause(e);
      throw cancelled;
    }
  }
}
