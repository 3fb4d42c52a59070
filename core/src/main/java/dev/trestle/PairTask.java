package dev.trestle;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of two arguments that runs in a worker JVM; the rules of {@link Task} hold. */
@FunctionalInterface
public interface PairTask<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  /** Computes the result for one pair, on a worker. */
  R apply(A first, B second) throws Exception;
}
