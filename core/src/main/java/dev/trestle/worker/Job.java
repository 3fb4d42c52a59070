package dev.trestle.worker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One argument of a call, on its way through the pool.
 *
 * @param call what it belongs to
 * @param index which of the call's arguments
 * @param label what to call it in an error
 * @param argument encoded
 * @param attempts how often it was started
 */
record Job(Call call, int index, String label, byte[] argument, AtomicInteger attempts) {
  /** A task that has seen that many workers die is the likely cause. */
  static final int MAX_ATTEMPTS = 3;

  Job(Call call, int index, String label, byte[] argument) {
    this(call, index, label, argument, new AtomicInteger());
  }
}
