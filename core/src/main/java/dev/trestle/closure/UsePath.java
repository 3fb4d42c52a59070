package dev.trestle.closure;

import org.jspecify.annotations.Nullable;

/** How the code walk came to a method; reads {@code lambda -> viaMethod} in error messages. */
record UsePath(@Nullable UsePath from, String label) {

  static UsePath extend(@Nullable UsePath from, Class<?> owner, String method) {
    String label = label(owner, method);
    return from != null && from.label.equals(label) ? from : new UsePath(from, label);
  }

  private static String label(Class<?> owner, String method) {
    if (method.startsWith("lambda$")) {
      return "lambda";
    }
    String type = NotebookClass.displayName(owner);
    return switch (method) {
      case "<init>" -> "new " + type;
      case "<clinit>" -> "class " + type;
      default -> NotebookClass.isWrapper(owner) ? method : type + "." + method;
    };
  }

  @Override
  public String toString() {
    return from == null ? label : from + " -> " + label;
  }
}
