package dev.trestle;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that runs in a worker JVM.
 *
 * <p>Write it as a lambda or a method reference where it is used. It may use notebook variables,
 * methods and classes; their values are copied to the worker when the call starts, except shared
 * tables, which are attached there without a copy. What a task changes in its own JVM stays there.
 * It may run more than once (a worker can be killed), so it should be a function of its input and
 * of shared data.
 *
 * @param <T> the argument, sent to the worker
 * @param <R> the result, sent back
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {
  /** Computes the result for one argument, on a worker. */
  R apply(T argument) throws Exception;
}
