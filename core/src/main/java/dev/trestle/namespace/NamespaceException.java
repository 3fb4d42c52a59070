package dev.trestle.namespace;

import dev.trestle.store.StoreException;

/** Something about the namespace is not as asked; the message says what, and what to do. */
public class NamespaceException extends StoreException {
  public NamespaceException(String message) {
    super(message);
  }

  public NamespaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
