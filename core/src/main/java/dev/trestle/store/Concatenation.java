package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several tables, one after the other, as one.
 *
 * <p>Written part by part, and each part is deleted as soon as it has been written: at no time does
 * more than one part exist twice. Dictionaries are merged, in order of first appearance. For one
 * thread.
 */
public final class Concatenation implements TableContent, AutoCloseable {
  private final List<Part> parts = new ArrayList<>();
  private final List<ColumnPayload> columns = new ArrayList<>();
  private final long rows;

  private record Part(Path path, Arena arena, TableFile file) {
    void release() throws IOException {
      arena.close();
      Files.deleteIfExists(path);
    }
  }

  /**
   * Opens the parts.
   *
   * @param paths files from {@link Results#write}, at least one
   * @throws StoreException if the parts differ in their columns
   */
  public Concatenation(List<Path> paths) {
    try {
      for (Path path : paths) {
        // To be closed: a deleted file gives its space back only when it is unmapped.
        Arena arena = Arena.ofConfined();
        parts.add(new Part(path, arena, TableFile.open(path, arena)));
      }
      rows = parts.stream().mapToLong(part -> part.file.rows()).sum();
      List<StoredColumn> first = parts.getFirst().file.columns();
      for (Part part : parts) {
        checkSame(first, part.file.columns());
      }
      for (int i = 0; i < first.size(); i++) {
        columns.add(join(i));
      }
    } catch (IOException e) {
      close();
      throw new StoreException("cannot read the results back: " + e, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public List<ColumnPayload> columns() {
    return columns;
  }

  @Override
  public void writeBuffers(FileChannel file, long[] positions) throws IOException {
    List<Bytes> buffers = columns.stream().flatMap(c -> c.buffers().stream()).toList();
    long[] next = positions.clone();
    for (int b = 0; b < next.length; b++) {
      // Bitmaps of neighbouring parts meet inside a byte: they are written in one go.
      if (!(buffers.get(b) instanceof Joined)) {
        buffers.get(b).writeTo(file, positions[b]);
      }
    }
    for (int p = 0; p < parts.size(); p++) {
      for (int b = 0; b < next.length; b++) {
        if (buffers.get(b) instanceof Joined joined) {
          Bytes piece = joined.pieces().get(p);
          piece.writeTo(file, next[b]);
          next[b] += piece.size();
        }
      }
      parts.get(p).release();
    }
    parts.clear();
  }

  /** Lets go of all parts and deletes them. */
  @Override
  public void close() {
    for (Part part : parts) {
      try {
        part.release();
      } catch (IOException e) {
        // Catalogue.discard, or the next sweep, removes it
      }
    }
    parts.clear();
  }

  /** A buffer made of one piece a part. */
  private record Joined(List<Bytes> pieces) implements Bytes {
    @Override
    public long size() {
      return pieces.stream().mapToLong(Bytes::size).sum();
    }

    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      long at = position;
      for (Bytes piece : pieces) {
        piece.writeTo(file, at);
        at += piece.size();
      }
    }
  }

  private ColumnPayload join(int index) {
    StoredColumn first = parts.getFirst().file.columns().get(index);
    List<Chunk> pieces =
        parts.stream().flatMap(p -> p.file.columns().get(index).chunks().stream()).toList();
    List<Long> lengths = pieces.stream().map(Chunk::rows).toList();
    long missing = pieces.stream().mapToLong(Chunk::missing).sum();
    Bytes validity =
        missing == 0
            ? Bytes.NONE
            : new JoinedBits(
                pieces.stream()
                    .map(piece -> piece.missing() == 0 ? MemorySegment.NULL : piece.validity())
                    .toList(),
                lengths);
    if (pieces.stream().anyMatch(Chunk.Text.class::isInstance)) {
      List<StringRows> strings = pieces.stream().map(StringRows::new).toList();
      return new ColumnPayload(
          first.name(),
          ColumnKind.TEXT,
          missing,
          List.of(validity, StringRows.offsets(strings), new Joined(StringRows.texts(strings))),
          null);
    }
    if (first.kind() == ColumnKind.STRING) {
      return joinDictionaries(first.name(), missing, validity, only(Chunk.Codes.class, pieces));
    }
    List<MemorySegment> segments =
        only(Chunk.Values.class, pieces).stream().map(Chunk.Values::values).toList();
    Bytes values =
        first.kind() == ColumnKind.BOOLEAN
            ? new JoinedBits(segments, lengths)
            : new Joined(segments.stream().map(Bytes::of).toList());
    return new ColumnPayload(first.name(), first.kind(), missing, List.of(validity, values), null);
  }

  private static <T extends Chunk> List<T> only(Class<T> type, List<Chunk> chunks) {
    return chunks.stream().map(type::cast).toList();
  }

  private static ColumnPayload joinDictionaries(
      String name, long missing, Bytes validity, List<Chunk.Codes> pieces) {
    Map<String, Integer> merged = new LinkedHashMap<>();
    for (Chunk.Codes piece : pieces) {
      for (long code = 0; code < piece.dictionary().size(); code++) {
        merged.putIfAbsent(piece.dictionary().decode(code), merged.size());
      }
    }
    var dictionary = ColumnPayload.Dictionary.of(List.copyOf(merged.keySet()));
    List<Bytes> remapped =
        pieces.stream()
            .<Bytes>map(piece -> new RemappedCodes(piece, merged, dictionary.codeWidth()))
            .toList();
    return new ColumnPayload(
        name, ColumnKind.STRING, missing, List.of(validity, new Joined(remapped)), dictionary);
  }

  private static void checkSame(List<StoredColumn> first, List<StoredColumn> other) {
    List<String> wanted = signature(first);
    List<String> found = signature(other);
    if (!wanted.equals(found)) {
      throw new StoreException(
          "the results cannot be put together, their columns differ: %s and %s"
              .formatted(wanted, found));
    }
  }

  private static List<String> signature(List<StoredColumn> columns) {
    return columns.stream()
        .map(column ->
            column.name()
                + " "
                + (column.kind() == ColumnKind.TEXT ? ColumnKind.STRING : column.kind()))
        .toList();
  }
}
