package dev.trestle.worker;

import java.io.IOException;

/**
 * One worker of a pool, wherever it runs: what the pool's schedule needs of it.
 *
 * <p>Who was given the worker sends to it; all threads may {@link #kill} it.
 */
sealed interface PoolWorker permits Worker, ThreadWorker {
  /** Its number in the pool. */
  int number();

  /** Its process. */
  long pid();

  boolean isAlive();

  /** How many jobs it was given. */
  long jobs();

  /**
   * Gives it a batch. It may be another thread's as soon as this returns.
   *
   * @throws IOException if it has ended
   */
  void send(Batch batch) throws IOException;

  /** Asks for the jobs of its batch that have not begun. */
  void wantBack(Batch batch);

  /** Ends it without waiting for its end; the lane's thread sees it end. */
  void kill();

  /** As {@link #kill()}, with words for {@link #describeEnd}. */
  void kill(String why);

  /** Ends it and waits until it is gone. */
  void close();

  /** Waits for its end, and says how that came about. */
  String describeEnd();
}
