package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.MappedBytes;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredText;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * Strings in several mapped pieces, each with its own dictionary or without one.
 *
 * <p>Reading and searching look at a piece's own codes or text. Operations that compare rows by
 * code number the strings of all dictionaries once for all views of the column, and those without
 * one on the heap: four bytes a row and the distinct strings.
 */
final class ChunkedStrings extends ReadOnlyStrings {
  private final Pieces pieces;
  private final ColumnStrings strings;
  private volatile @Nullable TextNumbers numbers;

  ChunkedStrings(Pieces pieces, ColumnStrings strings) {
    super(pieces.size());
    this.pieces = pieces;
    this.strings = strings;
  }

  @Override
  public String getValueForIndex(int row) {
    Piece piece = pieces.at(row);
    if (piece.isMissing(row)) {
      return "";
    }
    return switch (strings.chunk(piece.chunk())) {
      case Chunk.Codes codes -> strings.pool(piece.chunk()).get(codes.code(piece.index(row)));
      case Chunk.Text text -> text.text().decode(piece.index(row));
      case Chunk.Values values -> throw notStrings(values);
    };
  }

  @Override
  public boolean isMissing(int row) {
    Piece piece = pieces.at(row);
    if (piece.isMissing(row)) {
      return true;
    }
    return switch (strings.chunk(piece.chunk())) {
      case Chunk.Codes codes -> strings.pool(piece.chunk()).isEmpty(codes.code(piece.index(row)));
      case Chunk.Text text -> text.text().length(piece.index(row)) == 0;
      case Chunk.Values values -> throw notStrings(values);
    };
  }

  private static StoreException notStrings(Chunk chunk) {
    return new StoreException("a string column has a chunk of another kind: " + chunk);
  }

  @Override
  public int getKeyForIndex(int row) {
    TextNumbers known = numbers();
    Piece piece = pieces.at(row);
    int[] own = known.byPiece()[piece.number()];
    if (own != null) {
      return own[row - piece.from()];
    }
    if (piece.isMissing(row)) {
      return known.numbers().missing();
    }
    int code = ((Chunk.Codes) strings.chunk(piece.chunk())).code(piece.index(row));
    strings.pool(piece.chunk()).check(code);
    return Objects.requireNonNull(known.numbers().byChunk()[piece.chunk()])[code];
  }

  @Override
  public String getValueForKey(int key) {
    return numbers().get(key);
  }

  @Override
  long stored() {
    Set<StringPool> pools = new HashSet<>();
    for (Piece piece : pieces.list()) {
      if (!(strings.chunk(piece.chunk()) instanceof Chunk.Codes)) {
        return NO_DICTIONARY;
      }
      pools.add(strings.pool(piece.chunk()));
    }
    return pools.stream().mapToLong(StringPool::size).sum();
  }

  @Override
  int codes() {
    return numbers().size();
  }

  @Override
  int codeOf(@Nullable String value) {
    return value == null ? NO_CODE : numbers().numberOf(value);
  }

  private TextNumbers numbers() {
    TextNumbers known = numbers;
    return known != null ? known : number();
  }

  private synchronized TextNumbers number() {
    TextNumbers known = numbers;
    if (known == null) {
      known = TextNumbers.of(pieces, strings);
      numbers = known;
    }
    return known;
  }

  @Override
  public int firstIndexOf(@Nullable String value) {
    if (value != null) {
      Map<StringPool, boolean[]> known = new HashMap<>();
      for (Piece piece : pieces.list()) {
        IntPredicate matches = matcher(piece, Set.of(value), known);
        for (int row = piece.from(); row < piece.to(); row++) {
          if (matches.test(row)) {
            return row;
          }
        }
      }
    }
    return -1;
  }

  @Override
  public Selection selectIsIn(Collection<String> wanted) {
    Set<String> present = new HashSet<>();
    for (String value : wanted) { // a column of another type fails here, as on the heap
      if (value != null) {
        present.add(value);
      }
    }
    Selection selection = new BitmapBackedSelection();
    Map<StringPool, boolean[]> known = new HashMap<>();
    for (Piece piece : pieces.list()) {
      IntPredicate matches = matcher(piece, present, known);
      for (int row = piece.from(); row < piece.to(); row++) {
        if (matches.test(row)) {
          selection.add(row);
        }
      }
    }
    return selection;
  }

  /** Tells which rows of a piece have one of the strings, without numbering any. */
  private IntPredicate matcher(Piece piece, Set<String> wanted, Map<StringPool, boolean[]> known) {
    boolean missing = wanted.contains("");
    return switch (strings.chunk(piece.chunk())) {
      case Chunk.Codes codes -> {
        StringPool pool = strings.pool(piece.chunk());
        boolean[] isWanted = known.computeIfAbsent(pool, p -> p.which(wanted));
        yield row -> {
          if (piece.isMissing(row)) {
            return missing;
          }
          int code = codes.code(piece.index(row));
          pool.check(code);
          return isWanted[code];
        };
      }
      case Chunk.Text text -> {
        MemorySegment[] utf8 =
            wanted.stream()
                .map(value -> MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8)))
                .toArray(MemorySegment[]::new);
        yield row ->
            piece.isMissing(row)
                ? missing
                : Arrays.stream(utf8).anyMatch(one -> equal(text.text(), piece.index(row), one));
      }
      case Chunk.Values values -> throw notStrings(values);
    };
  }

  private static boolean equal(StoredText text, long at, MemorySegment utf8) {
    return text.length(at) == utf8.byteSize() && MappedBytes.equal(text.utf8(at), utf8);
  }
}
