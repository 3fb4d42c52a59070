package dev.trestle.store;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Buffers of a file that may be compressed. */
final class ScratchInflater implements Inflater {
  private final ArrowSource source;
  private final Path folder;

  ScratchInflater(ArrowSource source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  @Override
  public RawColumn open(RawColumn raw, Arena arena) {
    if (raw.codec() == Codec.NONE) {
      return raw;
    }
    throw new StoreException(source.path() + " is compressed " + folder);
  }
}
