package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.StoredColumn;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chunks under a range of a column's rows, found by row.
 *
 * <p>Rows are mostly read in order, so the piece of the last row is tried first. Threads that read
 * different pieces only make each other search. Safe for use by several threads.
 */
final class Pieces {
  private static final Piece NOWHERE = new Piece(0, 0, 0, 0, 0, MemorySegment.NULL, null);

  private final List<Piece> list;
  private final int size;
  private Piece last; // a record may be handed over by a race

  private Pieces(List<Piece> list, int size) {
    this.list = List.copyOf(list);
    this.size = size;
    this.last = NOWHERE;
  }

  /** The rows of a column in a range. */
  static Pieces of(StoredColumn column, long from, int rows) {
    var list = new ArrayList<Piece>();
    long start = 0; // of the chunk, counted in the column
    for (int number = 0; number < column.chunks().size(); number++) {
      Chunk chunk = column.chunks().get(number);
      long first = Math.max(start, from);
      long end = Math.min(start + chunk.rows(), from + rows);
      if (first < end) {
        list.add(
            new Piece(
                (int) (first - from),
                (int) (end - from),
                from - start,
                list.size(),
                number,
                values(chunk),
                validity(column.kind(), chunk)));
      }
      start += chunk.rows();
    }
    return new Pieces(list, rows);
  }

  /** Rows that lie next to each other in memory, the missing ones marked by sentinels. */
  static Pieces of(MemorySegment values, int rows) {
    return new Pieces(List.of(new Piece(0, rows, 0, 0, 0, values, null)), rows);
  }

  /** The same pieces, for another reader. */
  Pieces again() {
    return new Pieces(list, size);
  }

  int size() {
    return size;
  }

  List<Piece> list() {
    return list;
  }

  /**
   * The piece of a row.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  Piece at(int row) {
    Piece piece = last;
    return row >= piece.from() && row < piece.to() ? piece : seek(row);
  }

  private Piece seek(int row) {
    Objects.checkIndex(row, size);
    int low = 0;
    int high = list.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (row < list.get(middle).to()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    Piece found = list.get(low);
    last = found;
    return found;
  }

  private static MemorySegment values(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Values values -> values.values();
      case Chunk.Codes codes -> codes.codes();
      case Chunk.Text text -> text.text().index();
    };
  }

  private static @Nullable MemorySegment validity(ColumnKind kind, Chunk chunk) {
    boolean marked = chunk.sentinels() && kind != ColumnKind.BOOLEAN; // a bit has no third state
    return chunk.missing() == 0 || marked ? null : chunk.validity();
  }
}
