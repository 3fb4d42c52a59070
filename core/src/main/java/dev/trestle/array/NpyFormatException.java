package dev.trestle.array;

import dev.trestle.store.StoreException;

/** A file is no {@code .npy} file, is damaged, or holds what cannot be mapped in place. */
public final class NpyFormatException extends StoreException {
  public NpyFormatException(String message) {
    super(message);
  }
}
