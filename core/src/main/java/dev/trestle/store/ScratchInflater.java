package dev.trestle.store;

import dev.trestle.compression.Lz4FrameInputStream;
import dev.trestle.compression.Zstandard;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes compressed buffers plain in scratch files beside the tables: a buffer of a gigabyte is one
 * of the store's gigabytes then, for as long as it is needed, and not one of the heap's.
 */
final class ScratchInflater implements Inflater {
  private static final int CHUNK = 1 << 16;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final ArrowSource source;
  private final Path folder;

  ScratchInflater(ArrowSource source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  @Override
  public RawColumn open(RawColumn raw, Arena arena) throws IOException {
    if (raw.codec() == Codec.NONE) {
      return raw;
    }
    List<MemorySegment> plain = new ArrayList<>();
    for (MemorySegment buffer : raw.buffers()) {
      plain.add(inflate(raw.codec(), buffer, arena));
    }
    return new RawColumn(raw.rows(), raw.nullCount(), Codec.NONE, plain, raw.children());
  }

  /** A compressed buffer begins with its plain length in 64 bits, or -1 if it is plain. */
  private MemorySegment inflate(Codec codec, MemorySegment buffer, Arena arena) throws IOException {
    if (buffer.byteSize() == 0) {
      return buffer;
    }
    if (buffer.byteSize() < Long.BYTES) {
      throw source.damaged("a compressed buffer does not even say its length");
    }
    long length = buffer.get(Layouts.LONG, 0);
    MemorySegment packed = buffer.asSlice(Long.BYTES);
    if (length == -1) {
      return packed;
    }
    // On Unix the JDK unlinks a DELETE_ON_CLOSE file as soon as it is open: a killed process
    // leaves nothing behind.
    try (var file =
        FileChannel.open(
            folder.resolve(".inflated-" + UUID.randomUUID()),
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            OWNER_ONLY)) {
      copy(codec, packed, length, file);
      return file.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
    }
  }

  private void copy(Codec codec, MemorySegment packed, long length, FileChannel file)
      throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (length > free) {
      throw new StoreFullException(
          "a compressed buffer of %s has %,d bytes, and %s has %,d free"
              .formatted(source.path(), length, folder, free));
    }
    var chunk = ByteBuffer.allocate(CHUNK);
    long written = 0;
    @Nullable InputStream plain = null;
    do {
      try {
        plain = plain == null ? open(codec, new SegmentInputStream(packed)) : plain;
        chunk.clear().limit(plain.readNBytes(chunk.array(), 0, CHUNK));
      } catch (IOException | RuntimeException e) {
        throw source.damaged("a compressed buffer cannot be read", e);
      }
      if (chunk.remaining() > length - written) {
        throw source.damaged("a compressed buffer has more than its %,d bytes".formatted(length));
      }
      int read = chunk.remaining();
      Bytes.writeFully(file, chunk, written);
      written += read;
    } while (chunk.limit() == CHUNK);
    if (written != length) {
      throw source.damaged(
          "a compressed buffer has %,d bytes, and says %,d".formatted(written, length));
    }
  }

  private static InputStream open(Codec codec, InputStream packed) throws IOException {
    return codec == Codec.ZSTD ? Zstandard.open(packed) : new Lz4FrameInputStream(packed);
  }
}
