package dev.trestle.store;

/** How the buffers of a record batch are compressed. */
enum Codec {
  NONE,
  LZ4_FRAME,
  ZSTD
}
