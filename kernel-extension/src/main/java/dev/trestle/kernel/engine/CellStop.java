package dev.trestle.kernel.engine;

/** Thrown inside notebook code to end it; an error, so that few handlers of a cell catch it. */
final class CellStop extends Error {
  CellStop() {
    super("the cell was interrupted");
  }
}
