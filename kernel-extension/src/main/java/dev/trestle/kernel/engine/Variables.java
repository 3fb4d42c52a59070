package dev.trestle.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * it into new classes, where they have no value; and it takes away those whose initializer does not
 * compile any more. The old class is still there, and the value in it.
 */
final class Variables {
  private final JShell shell;
  private final CellControl control;
  private final Consumer<String> notices;
  private final Map<String, Field> fields = new HashMap<>();
  private final Map<String, String> lost = new LinkedHashMap<>(); // what is to be said, by name

  Variables(JShell shell, CellControl control, Consumer<String> notices) {
    this.shell = shell;
    this.control = control;
    this.notices = notices;
  }

  /** Looks at what became of variables, and gives those back their values that lost them. */
  void keep(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet variable) {
        boolean byUser = event.causeSnippet() == null && event.exception() == null;
        if (byUser) {
          lost.remove(variable.name());
        }
        if (shell.status(variable) == Snippet.Status.VALID) {
          keep(variable, byUser, event.exception() != null);
        } else if (event.causeSnippet() != null
            && event.previousStatus() == Snippet.Status.VALID
            && fields.containsKey(variable.name())) {
          declareWithoutInitializer(variable);
        }
      }
    }
  }

  private void keep(VarSnippet variable, boolean byUser, boolean failed) {
    Field now = field(variable);
    Field before = now == null ? null : fields.put(variable.name(), now);
    if (now != null && before != null && !before.equals(now) && !byUser) {
      move(variable.name(), before, now, failed);
    }
  }

  /** The initializer has run long ago: that it compiles no more takes nothing from its value. */
  private void declareWithoutInitializer(VarSnippet variable) {
    List<SnippetEvent> events = declare(variable.typeName(), variable.name());
    if (shell.status(events.getFirst().snippet()) != Snippet.Status.VALID) {
      events = declare("Object", variable.name()); // a type that no name can be written for
      lost.put(
          variable.name(),
          "variable '%s' is of type Object now: what it was declared with has changed"
              .formatted(variable.name()));
    }
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof VarSnippet each
          && shell.status(each) == Snippet.Status.VALID) {
        keep(each, false, false);
      }
    }
  }

  private List<SnippetEvent> declare(String type, String name) {
    return shell.eval("%s %s;".formatted(type, name));
  }

  /** Says what became of variables meanwhile, but for those that cells have declared again. */
  void tellLost() {
    lost.values().forEach(notices);
    lost.clear();
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
        lost.put(
            name,
            "variable '%s' has lost its value: its class %s was declared anew"
                .formatted(name, now.getType().getSimpleName()));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("variable '%s' cannot be read".formatted(name), e);
    }
  }
}
