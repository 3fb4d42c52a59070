package dev.trestle.array;

import dev.trestle.store.MappingFault;
import java.lang.foreign.MemorySegment;

/** Gives all elements the value of the first one. */
public final class Fill {
  private static final long BLOCK = 1 << 16; // bytes; stays in the second-level cache

  private Fill() {}

  /** Copies the first element, which there must be, over all others; on all cores for many. */
  public static void withFirst(Elements elements) {
    MemorySegment all = elements.segment();
    int width = elements.type().bytes();
    long block = Math.min(BLOCK, all.byteSize());
    MappingFault.explaining(() -> {
      for (long done = width; done < block; done *= 2) {
        MemorySegment.copy(all, 0, all, done, Math.min(done, block - done));
      }
      return all;
    });
    Parts.run(
        elements.size(),
        (from, to) -> {
          for (long at = Math.max(from * width, block); at < to * width; at += BLOCK) {
            MemorySegment.copy(all, 0, all, at, Math.min(BLOCK, to * width - at));
          }
        });
  }
}
