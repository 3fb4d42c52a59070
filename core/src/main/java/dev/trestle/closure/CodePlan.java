package dev.trestle.closure;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a walk through code has found; it would find the same again as long as no class file has
 * changed and values bring no other code.
 *
 * @param seen all that values had of code, those of the variables included
 * @param variables in the order in which they were found
 */
record CodePlan(
    Seen seen,
    List<Variable> variables,
    Map<Class<?>, ClassCode> shipped,
    Set<ClassLoader> loaders) {

  @SuppressWarnings("ReferenceEquality") // what is known of a class file is kept while it is so
  boolean isCurrent(ClassFiles files) {
    return shipped.entrySet().stream().allMatch(each -> files.of(each.getKey()) == each.getValue());
  }
}
