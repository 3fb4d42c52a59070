package dev.trestle.closure;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** A static field of a notebook class whose present value a task needs. */
record Variable(Field field, UsePath usedBy) {

  @Nullable Object value() {
    try {
      field.setAccessible(true);
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new CaptureException(name() + " cannot be read", e);
    }
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
}
