package dev.trestle.ingest;

/** Hears how far an ingest has come; called on the thread that asked for it, about once a MiB. */
@FunctionalInterface
public interface IngestProgress {
  /** Hears nothing. */
  IngestProgress NONE = (consumed, total) -> {};

  /**
   * Called after each piece of the source.
   *
   * @param consumed bytes handed to the parsers so far. It starts again from zero when a detected
   *     type turned out too narrow and the source is read once more
   * @param total the size of the source in bytes, or -1 where it has none to tell
   */
  void advanced(long consumed, long total);
}
