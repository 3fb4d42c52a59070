package dev.trestle;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file in which a pool keeps objects of tasks, one behind the other. */
final class ParcelFile {
  private static final int ALIGNMENT = 8;

  /** Many objects come from one file. */
  private static volatile @Nullable Mapped last;

  private record Mapped(Path path, WeakReference<MemorySegment> segment) {}

  private ParcelFile() {}

  /** Maps a whole file, until nobody refers to the segment any more. */
  static MemorySegment map(Path file) throws IOException {
    Mapped known = last;
    MemorySegment segment =
        known != null && known.path().equals(file) ? known.segment().get() : null;
    if (segment == null) {
      try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
        segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      }
      last = new Mapped(file, new WeakReference<>(segment));
    }
    return segment;
  }

  /** Where an object begins that follows so many bytes. */
  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
