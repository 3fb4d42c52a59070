package dev.trestle.closure;

import java.lang.invoke.SerializedLambda;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What values have of code: the classes of their objects, and where their lambdas were made.
 *
 * @param lambdas by their place; which of several from one place is all the same
 */
record Seen(Set<Class<?>> types, Map<LambdaSite, SerializedLambda> lambdas) {

  boolean isPartOf(Seen other) {
    return other.types.containsAll(types) && other.lambdas.keySet().containsAll(lambdas.keySet());
  }

  /** Both together. */
  Seen and(Seen other) {
    var allTypes = new HashSet<Class<?>>(types);
    allTypes.addAll(other.types);
    var allLambdas = new HashMap<>(lambdas);
    allLambdas.putAll(other.lambdas);
    return new Seen(allTypes, allLambdas);
  }

  boolean isEmpty() {
    return types.isEmpty() && lambdas.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seen seen
        && seen.types.equals(types)
        && seen.lambdas.keySet().equals(lambdas.keySet());
  }

  @Override
  public int hashCode() {
    return 31 * types.hashCode() + lambdas.keySet().hashCode();
  }
}
