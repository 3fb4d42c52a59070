package dev.trestle.closure;

import java.util.IdentityHashMap;
import java.util.function.UnaryOperator;

/** Replaces objects that must not travel as data; asks once for each object replaced. */
final class Outgoing {
  private final UnaryOperator<Object> replacement;
  private final IdentityHashMap<Object, Object> replaced = new IdentityHashMap<>();

  Outgoing(UnaryOperator<Object> replacement) {
    this.replacement = replacement;
  }

  @SuppressWarnings("ReferenceEquality") // the same object back means: leave it
  Object of(Object original) {
    Object known = replaced.get(original);
    if (known != null) {
      return known;
    }
    Object stand = replacement.apply(original);
    if (stand != original) {
      replaced.put(original, stand);
    }
    return stand;
  }
}
