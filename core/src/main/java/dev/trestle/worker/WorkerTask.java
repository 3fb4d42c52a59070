package dev.trestle.worker;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What a pool runs: a function of one argument, sent once for all arguments of a call. */
@FunctionalInterface
public interface WorkerTask<T extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  /** Runs in the worker. */
  R run(T argument) throws Exception;

  /** In the worker: what travels in place of an object that a result holds; by default itself. */
  default Object outgoing(Object object) {
    return object;
  }
}
