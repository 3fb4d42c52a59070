package dev.trestle.closure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A static field of a notebook class whose present value a task needs.
 *
 * @param usedBy how a task comes to it; one of the ways, so variables are equal without
 */
record Variable(Field field, UsePath usedBy) {

  @Nullable Object value() {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new CaptureException(name() + " cannot be read", e);
    }
  }

  /** Gives the variable of that name the value that was sent, in the JVM that reads. */
  static void set(String owner, String name, ClassLoader loader, @Nullable Object value)
      throws ClassNotFoundException {
    try {
      Field field = Class.forName(owner, false, loader).getDeclaredField(name);
      field.setAccessible(true);
      field.set(null, value);
    } catch (NoSuchFieldException | IllegalAccessException | IllegalArgumentException e) {
      throw new CaptureException(
          "notebook variable '%s' cannot be set in the worker".formatted(name), e);
    }
  }

  /** Whether the worker computes it again, as the class says, if its value cannot be sent. */
  boolean canBeMadeAgain() {
    return Modifier.isFinal(field.getModifiers());
  }

  String name() {
    Class<?> owner = field.getDeclaringClass();
    String kind =
        NotebookClass.isWrapper(owner)
            ? "notebook variable '%s'".formatted(field.getName())
            : "static field '%s' of notebook class %s"
                .formatted(field.getName(), NotebookClass.displayName(owner));
    return "%s (declared %s)".formatted(kind, field.getType().getSimpleName());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Variable variable && variable.field.equals(field);
  }

  @Override
  public int hashCode() {
    return field.hashCode();
  }
}
