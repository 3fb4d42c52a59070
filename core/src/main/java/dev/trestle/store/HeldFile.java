package dev.trestle.store;

import java.lang.ref.Cleaner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of an array, which stays there for those that it is sent to as long as this object is in
 * use, whatever becomes of its name.
 */
public final class HeldFile {
  private final Path path;
  private final Path pin;
  private final Cleaner.@Nullable Cleanable held;

  /** A file that nothing is done for. */
  HeldFile(Path path, Path name) {
    this.path = path;
    this.pin = name;
    this.held = null;
  }

  /**
   * @param path the file as it was called when it was found
   * @param pin another name of it, which somebody has made for this object
   */
  HeldFile(Path path, Path pin, Pins pins) {
    this.path = path;
    this.pin = pin;
    this.held = Pins.CLEANER.register(this, () -> pins.letGo(pin));
  }

  /** The file as it was called when it was found; another one may have that name since. */
  public Path path() {
    return path;
  }

  /** Where this very file is to be opened. */
  public Path pin() {
    return pin;
  }

  /** Removes the pin now: nobody uses the file. */
  void letGo() {
    if (held != null) {
      held.clean();
    }
  }
}
