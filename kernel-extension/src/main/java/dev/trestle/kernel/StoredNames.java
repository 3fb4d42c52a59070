package dev.trestle.kernel;

import dev.trestle.Stored;
import dev.trestle.Trestle;
import dev.trestle.store.NoSuchTableException;
import java.util.List;
import java.util.stream.Stream;

/** The names of what is shared. */
final class StoredNames {
  private StoredNames() {}

  static List<String> all() {
    return Stream.<Stored>concat(Trestle.tables().stream(), Trestle.arrays().stream())
        .map(Stored::name)
        .toList();
  }

  static boolean isArray(String name) {
    return Trestle.arrays().stream().anyMatch(array -> array.name().equals(name));
  }

  /** What there is of that name: a table or an array. */
  static Object attach(String name) {
    if (isArray(name)) {
      return Trestle.attachArray(name);
    }
    try {
      return Trestle.attach(name);
    } catch (NoSuchTableException e) {
      throw missing(name);
    }
  }

  static MagicMistake missing(String name) {
    return new MagicMistake("finds no shared table or array '%s'.".formatted(name));
  }
}
