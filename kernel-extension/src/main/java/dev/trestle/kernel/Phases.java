package dev.trestle.kernel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The phases that a cell names while its memory is recorded; see {@link CellFunctions#phase}. */
final class Phases implements AutoCloseable {
  private static volatile @Nullable Consumer<String> listener;

  private final @Nullable Consumer<String> outer;

  private Phases(@Nullable Consumer<String> outer) {
    this.outer = outer;
  }

  /** Has a listener told of phases until this is closed. */
  static Phases noting(Consumer<String> listener) {
    Phases phases = new Phases(Phases.listener);
    Phases.listener = listener;
    return phases;
  }

  static void begin(String name) {
    Consumer<String> told = listener;
    if (told != null) {
      told.accept(name);
    }
  }

  @Override
  public void close() {
    listener = outer;
  }
}
