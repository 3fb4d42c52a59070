package dev.trestle.ingest;

/** Cells of equal width, laid out little-endian as they will lie in the file. */
interface FixedValues {
  /** The values, from the first row on. */
  byte[] values();
}
