package dev.trestle.closure;

import java.util.HashSet;
import java.util.Set;

/** What values have of code: the classes of their objects, and where their lambdas were made. */
record Seen(Set<Class<?>> types, Set<LambdaSite> lambdas) {

  boolean isPartOf(Seen other) {
    return other.types.containsAll(types) && other.lambdas.containsAll(lambdas);
  }

  /** Both together. */
  Seen and(Seen other) {
    var allTypes = new HashSet<Class<?>>(types);
    allTypes.addAll(other.types);
    var allLambdas = new HashSet<LambdaSite>(lambdas);
    allLambdas.addAll(other.lambdas);
    return new Seen(allTypes, allLambdas);
  }
}
