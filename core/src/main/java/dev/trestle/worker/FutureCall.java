package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call with one argument, for whose result nobody need wait. */
final class FutureCall<R extends @Nullable Object> extends Call {
  private final Result result = new Result();
  private final WorkerPool pool;
  private final Throwable submitted = new Throwable(); // its frames are looked at after a failure
  private @Nullable Job job;

  /** Cancelling it ends the worker that is busy with it. */
  private final class Result extends CompletableFuture<R> {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled) {
        pool.abandon(FutureCall.this, new CancellationException("the task was cancelled"));
      }
      return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>(); // what depends on the result does not cancel the task
    }
  }

  FutureCall(
      WorkerPool pool,
      WorkerTask<?, R> task,
      @Nullable Object argument,
      @Nullable ClosureEncoder encoder,
      Terms terms) {
    super(task, encoder, terms);
    this.pool = pool;
    this.job = new Job(0, argument);
  }

  CompletableFuture<R> future() {
    return result;
  }

  @Override
  @Nullable Job next() {
    Job only = job;
    job = null;
    return only;
  }

  @Override
  int remaining() {
    return job == null ? 0 : 1;
  }

  @Override
  long total() {
    return 1;
  }

  /** In a thread of its own: what depends on the future may itself wait for workers. */
  @Override
  @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // what the task gave
  void accept(Job done, @Nullable Object value) {
    result.completeAsync(() -> (R) value);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  void wake() {
    RuntimeException reason =
        WorkerPool.at(
            OwnFrames.callers(submitted.getStackTrace()), Objects.requireNonNull(failure()));
    CompletableFuture.runAsync(() -> result.completeExceptionally(reason));
  }
}
