package dev.trestle;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A task without an argument; the rules of {@link Task} hold. */
@FunctionalInterface
public interface Computation<R extends @Nullable Object> extends Serializable {
  /** Computes the result, on a worker. */
  R get() throws Exception;
}
