package dev.trestle.namespace;

/** An index cannot be trusted any more. */
final class IndexFailure extends RuntimeException {
  IndexFailure(String what) {
    super(what);
  }

  IndexFailure(Throwable cause) {
    super(cause.toString(), cause);
  }
}
