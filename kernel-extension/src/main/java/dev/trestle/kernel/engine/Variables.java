package dev.trestle.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values of variables that JShell would reset.
 *
 * <p>When an import, a method or a class is declared anew, JShell puts the variables that depend on
 * it into new classes, where they have no value. The old class is still there, and the value in it.
 */
final class Variables {
  private final JShell shell;
  private final CellControl control;
  private final Consumer<String> notices;
  private final Map<String, Field> fields = new HashMap<>();

  Variables(JShell shell, CellControl control, Consumer<String> notices) {
    this.shell = shell;
    this.control = control;
    this.notices = notices;
  }

  /** Looks at what became of variables, and gives those back their values that lost them. */
  void keep(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable
          && shell.status(variable) == Snippet.Status.VALID) {
        Field now = field(variable);
        Field before = now == null ? null : fields.put(variable.name(), now);
        boolean byUser = event.causeSnippet() == null && event.exception() == null;
        if (now != null && before != null && !before.equals(now) && !byUser) {
          move(variable.name(), before, now, event.exception() != null);
        }
      }
    }
  }

  private @Nullable Field field(VarSnippet variable) {
    shell.varValue(variable);
    Field field = control.takeAsked();
    if (field != null) {
      field.setAccessible(true); // public, in a class that is not
    }
    return field;
  }

  private void move(String name, Field before, Field now, boolean failed) {
    try {
      Object value = before.get(null);
      boolean fits =
          now.getType().isPrimitive()
              ? now.getType().equals(before.getType())
              : value == null || now.getType().isInstance(value);
      if (fits && !Modifier.isFinal(now.getModifiers())) {
        now.set(null, value);
      } else if (!failed) {
        notices.accept(
            "variable '%s' has lost its value: its class %s was declared anew"
                .formatted(name, now.getType().getSimpleName()));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable '%s' cannot be read".formatted(name), e);
    }
  }
}
