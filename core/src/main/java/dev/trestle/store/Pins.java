package dev.trestle.store;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Hidden hard links by which the owner of a session keeps the files that it has mapped.
 *
 * <p>So a worker that gets a table or an array sent can map that very file, though the name may be
 * another one's by then. A pin goes when nothing counts on it any more. Safe for use by several
 * threads.
 */
final class Pins {
  static final Cleaner CLEANER = Cleaner.create();

  private final boolean made;

  /** How many live objects count on a pin. */
  private final Map<Path, Integer> held = new HashMap<>();

  /**
   * @param made whether there are any; only the owner of a session removes them in time
   */
  Pins(boolean made) {
    this.made = made;
  }

  boolean areMade() {
    return made;
  }

  /** Makes a link a pin, which may be there already, for one more who counts on it. */
  synchronized void hold(Path pin, Path link) throws IOException {
    Files.move(link, pin, StandardCopyOption.ATOMIC_MOVE);
    held.merge(pin, 1, Integer::sum);
  }

  /** Removes a pin, unless somebody else counts on it. */
  synchronized void letGo(Path pin) {
    int left = held.getOrDefault(pin, 1) - 1;
    if (left > 0) {
      held.put(pin, left);
    } else {
      held.remove(pin);
      Drafts.delete(pin);
    }
  }
}
