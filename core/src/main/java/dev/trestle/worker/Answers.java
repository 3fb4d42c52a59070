package dev.trestle.worker;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings what a worker has answered to the call that waits for it. */
final class Answers {
  private final WorkerPool pool;
  private final FailedJobs failedJobs;

  Answers(WorkerPool pool, FailedJobs failedJobs) {
    this.pool = pool;
    this.failedJobs = failedJobs;
  }

  /**
   * Reads the results of jobs, in the thread that reads from the worker.
   *
   * <p>With the class loader of the thread that made the call: the classes of results are looked up
   * there.
   */
  void bring(List<Job> jobs, Call call, Worker worker) {
    Thread own = Thread.currentThread();
    ClassLoader before = own.getContextClassLoader();
    own.setContextClassLoader(call.context());
    try {
      for (Job job : jobs) {
        bring(worker, call, job, worker.payload());
      }
    } finally {
      own.setContextClassLoader(before);
    }
  }

  private void bring(Worker worker, Call call, Job job, ByteBuffer payload) {
    boolean isResult = Reply.isResult(payload);
    byte tag = payload.get();
    byte @Nullable [] bytes = tag == Scalar.ENCODED ? Scalar.bytes(payload) : null;
    Object scalar = bytes == null ? Scalar.read(tag, payload) : null;
    if (call.isOver()) {
      return;
    }
    if (!isResult) {
      failedJobs.threw(call, job, worker, decodeThrown(call, Objects.requireNonNull(bytes)));
      return;
    }
    Object value;
    try {
      value = bytes == null ? scalar : call.encoder().decodeResult(bytes);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      String label = call.terms().labels().of(job.index(), 0);
      pool.fail(call, new IllegalStateException(label + ": cannot read the result: " + e, e));
      return;
    }
    call.complete(job, value);
  }

  private static Throwable decodeThrown(Call call, byte[] bytes) {
    try {
      return (Throwable) Objects.requireNonNull(call.encoder().decodeResult(bytes));
    } catch (RuntimeException | LinkageError e) {
      return e; // says what about the exception cannot be read here
    }
  }
}
