package dev.trestle.kernel.engine;

import org.jspecify.annotations.Nullable;

/** Where the code of a cell leaves its value; public because that code calls it. */
public final class CellValue {
  private CellValue() {}

  /** Keeps the value of the expression that this thread has computed. */
  public static void put(@Nullable Object value) {
    Cell cell = Cell.of(Thread.currentThread());
    if (cell != null) {
      cell.leave(value);
    }
  }
}
