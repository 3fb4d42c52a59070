package dev.trestle;

import java.io.Serializable;

/**
 * Puts two results together, on workers and at last in the calling JVM. Must be associative: {@code
 * (a + b) + c} is {@code a + (b + c)}.
 */
@FunctionalInterface
public interface Combiner<A> extends Serializable {
  /** The two as one; what comes first came first in the input. */
  A combine(A first, A second) throws Exception;
}
