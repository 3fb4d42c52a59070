package dev.trestle.ingest;

/**
 * The delimited text is missing, empty, or does not form a table. The message names the file, the
 * line (counted from 1, as an editor counts), what was found there, and the option that would let
 * it through.
 */
public final class CsvFormatException extends RuntimeException {
  public CsvFormatException(String message) {
    super(message);
  }
}
