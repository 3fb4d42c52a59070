package dev.trestle.column;

import dev.trestle.store.Chunk;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the rows of a view that have no dictionary: those of the column's dictionaries where
 * the string is in one, else further ones by first appearance.
 *
 * @param numbers of the dictionaries
 * @param byPiece for each piece of the view and each of its rows; null for one with a dictionary
 * @param more the strings that are in no dictionary
 * @param numberOf their numbers; {@link ReadOnlyStrings#NO_CODE} for one that is not there
 */
record TextNumbers(
    ColumnStrings.Numbers numbers,
    int[] @Nullable [] byPiece,
    List<String> more,
    Object2IntOpenHashMap<String> numberOf) {

  static TextNumbers of(Pieces pieces, ColumnStrings strings) {
    ColumnStrings.Numbers numbers = strings.numbers();
    int[] @Nullable [] byPiece = new int[pieces.list().size()][];
    var more = new ArrayList<String>();
    var numberOf = new Object2IntOpenHashMap<String>();
    numberOf.defaultReturnValue(ReadOnlyStrings.NO_CODE);
    for (int p = 0; p < byPiece.length; p++) {
      Piece piece = pieces.list().get(p);
      if (strings.chunk(piece.chunk()) instanceof Chunk.Text text) {
        int[] own = new int[piece.to() - piece.from()];
        for (int row = piece.from(); row < piece.to(); row++) {
          String value = piece.isMissing(row) ? "" : text.text().decode(piece.index(row));
          int number = numbers.numberOf(value);
          if (number < 0) {
            number = numberOf.computeIfAbsent(value, unknown -> numbers.size() + more.size());
            if (number == numbers.size() + more.size()) {
              more.add(value);
            }
          }
          own[row - piece.from()] = number;
        }
        byPiece[p] = own;
      }
    }
    return new TextNumbers(numbers, byPiece, more, numberOf);
  }

  int size() {
    return numbers.size() + more.size();
  }

  String get(int number) {
    return number < numbers.size() ? numbers.get(number) : more.get(number - numbers.size());
  }

  int numberOf(String value) {
    int known = numbers.numberOf(value);
    return known >= 0 ? known : numberOf.getInt(value);
  }
}
