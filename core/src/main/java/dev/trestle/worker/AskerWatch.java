package dev.trestle.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * In an owner: looks whether those are still there whose questions take long, and interrupts the
 * answers that nobody waits for. It sleeps while nobody asks.
 */
final class AskerWatch {
  private static final long PERIOD_NANOS = 250_000_000; // 0.25 s

  /** So often in a row without a question in hand, and the watch sleeps. */
  private static final int LOOKS_UNTIL_ASLEEP = 4;

  private final Set<Asker> askers = ConcurrentHashMap.newKeySet();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("trestle-askers").start(this::run);
  private volatile boolean isAsleep;

  void add(Asker asker) {
    askers.add(asker);
  }

  void remove(Asker asker) {
    askers.remove(asker);
  }

  /** A question is to be answered. */
  void begins(Asker asker) {
    asker.begins();
    if (isAsleep) {
      isAsleep = false;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    int idle = 0;
    while (true) {
      LockSupport.parkNanos(this, PERIOD_NANOS);
      idle = hasWork() ? 0 : idle + 1;
      askers.forEach(Asker::look);
      if (idle == LOOKS_UNTIL_ASLEEP) {
        isAsleep = true;
        while (isAsleep && !hasWork()) { // a question may have begun just before
          LockSupport.park(this);
        }
        isAsleep = false;
        idle = 0;
      }
    }
  }

  private boolean hasWork() {
    return askers.stream().anyMatch(Asker::isBeingAnswered);
  }
}
