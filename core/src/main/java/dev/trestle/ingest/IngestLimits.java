package dev.trestle.ingest;

/**
 * The sizes that bound an ingest's memory and steer its choices.
 *
 * @param chunkBytes how much text a parser thread takes at a time
 * @param sampleBytes how much text, from the start, the types are detected from
 * @param threads parser threads
 * @param textFrom a column with more distinct strings than this, and more than half of its rows
 *     distinct, is stored as text
 * @param maxEntries a column with more distinct strings than this is stored as text, repeating or
 *     not
 * @param dictionaryBytes heap for the dictionaries of all columns together; above it the largest
 *     ones turn into text
 */
record IngestLimits(
    int chunkBytes,
    int sampleBytes,
    int threads,
    int textFrom,
    int maxEntries,
    long dictionaryBytes) {

  /** The limits for this JVM: at most 4 threads, an eighth of the heap for dictionaries. */
  static IngestLimits standard() {
    Runtime runtime = Runtime.getRuntime();
    return new IngestLimits(
        1 << 20, // 1 MiB: a chunk and its cells stay in the processor's cache
        2 << 20, // 2 MiB
        Math.min(4, runtime.availableProcessors()),
        1 << 16,
        1 << 20,
        runtime.maxMemory() / 8);
  }
}
