package dev.trestle.worker;

import java.util.List;

/** What becomes of jobs that threw, took too long or lost their worker. */
final class FailedJobs {
  private final WorkerPool pool;
  private final Schedule schedule;

  FailedJobs(WorkerPool pool, Schedule schedule) {
    this.pool = pool;
    this.schedule = schedule;
  }

  /** A job threw. */
  void threw(Call call, Job job, PoolWorker worker, Throwable thrown) {
    call.countFailure();
    call.disturbed();
    if (job.countFailure() <= call.terms().throwsAllowed()) {
      schedule.again(call, List.of(job));
      return;
    }
    int part = thrown instanceof PartFailedException failed ? failed.part() : 0;
    Throwable cause =
        thrown instanceof PartFailedException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    pool.fail(
        call,
        new TaskFailedException(
            "%s failed on worker %d (process %d): %s"
                .formatted(
                    call.terms().labels().of(job.index(), part),
                    worker.number(),
                    worker.pid(),
                    cause),
            cause));
  }

  /** A worker ended with open jobs. */
  void lost(Batch batch, String end) {
    Call call = batch.call();
    call.disturbed();
    List<Job> open = batch.open();
    if (pool.isClosed()) {
      call.fail(WorkerPool.gone());
    } else if (call.isOver()) {
      call.terms().lateEnd().run();
    } else if (!batch.isDelivered()) {
      schedule.again(call, open); // killed while it was idle, and no fault of these jobs
    } else if (open.size() > 1) {
      open.forEach(Job::suspect);
      schedule.again(call, open);
    } else {
      Job job = open.getFirst();
      call.countFailure();
      int times = job.countFailure();
      Terms terms = call.terms();
      if (times <= (batch.isLate() ? terms.throwsAllowed() : terms.deathsAllowed())) {
        schedule.again(call, open);
      } else {
        String label = call.terms().labels().of(job.index(), 0);
        pool.fail(call, batch.isLate() ? late(call, label, times) : lost(label, times, end));
      }
    }
  }

  private static WorkerLostException lost(String label, int times, String end) {
    return new WorkerLostException(
        "%s failed: its worker died under it (%s): %s"
            .formatted(label, times == 1 ? "once" : times + " times", end));
  }

  private static TaskTimeoutException late(Call call, String label, int times) {
    return new TaskTimeoutException(
        "%s failed: it took longer than %s%s; its worker was ended"
            .formatted(
                label, call.terms().limit(), times == 1 ? "" : ", %d times".formatted(times)));
  }
}
