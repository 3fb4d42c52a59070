package dev.trestle.column;

/**
 * A write to a shared column by a method of Tablesaw that hides exceptions. All others end in an
 * {@link UnsupportedOperationException} with the same advice.
 */
public final class WriteRefusedError extends Error {
  WriteRefusedError(String message) {
    super(message);
  }
}
