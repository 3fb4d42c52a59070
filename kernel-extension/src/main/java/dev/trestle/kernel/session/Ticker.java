package dev.trestle.kernel.session;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs small things a moment later, on one thread of its own. */
final class Ticker {
  private static final long MOMENT = 40; // ms: too short to see, long enough to gather output

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "cell output");
            thread.setDaemon(true);
            return thread;
          });

  void inAMoment(Runnable task) {
    // Its failures are those of the socket, which has its own log.
    var _ = timer.schedule(task, MOMENT, TimeUnit.MILLISECONDS);
  }
}
