package dev.trestle.kernel;

import dev.trestle.Trestle;
import java.util.function.Supplier;

/** Runs what may read a table whose file somebody has cut. */
final class Explained {
  private Explained() {}

  /**
   * What the supplier gives.
   *
   * @throws dev.trestle.store.DamagedTableException naming the file, in place of the error that the
   *     JVM makes of a cut one; stock IJava shows a cell's exceptions, but not its errors
   */
  static <T> T get(Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (InternalError e) {
      throw rethrown(e);
    }
  }

  /**
   * Throws what the error is really about.
   *
   * @return never
   */
  static InternalError rethrown(InternalError e) {
    if (Trestle.explain(e) instanceof RuntimeException explained) {
      throw explained;
    }
    throw e;
  }
}
