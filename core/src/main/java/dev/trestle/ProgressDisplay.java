package dev.trestle;

import dev.trestle.worker.Progress;
import java.util.function.Consumer;

/**
 * Shows how far parallel calls are, wherever the program runs: below a notebook's cell, on a
 * terminal.
 *
 * @see Trestle#showProgress
 */
@FunctionalInterface
public interface ProgressDisplay {

  /**
   * Called as a call of workers begins, in the thread that made it.
   *
   * @return what is told about the call, as {@link Workers#progress} describes; it must not throw
   */
  Consumer<? super Progress> newCall();
}
