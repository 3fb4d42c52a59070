package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Takes one column's values from the decoder, into the row that is set before each. */
abstract sealed class ParquetCells extends PrimitiveConverter {
  int row;

  abstract Cells cells();

  abstract void setMissing();

  /** Starts a new chunk. */
  void clear() {
    row = 0;
    cells().clear();
  }

  /** Numbers, booleans, dates and times. */
  static final class Fixed extends ParquetCells {
    private final String column;
    private final ColumnKind kind;
    private final ValueCells cells;
    private final LongUnaryOperator integers;
    private final ToLongFunction<Binary> binaries;

    /**
     * Cells for a column.
     *
     * @param integers makes of an integer of the file the bits of the column's kind
     * @param binaries the same for a run of bytes
     */
    Fixed(
        String column,
        ColumnKind kind,
        LongUnaryOperator integers,
        ToLongFunction<Binary> binaries) {
      this.column = column;
      this.kind = kind;
      this.cells = new ValueCells(kind);
      this.integers = integers;
      this.binaries = binaries;
    }

    @Override
    Cells cells() {
      return cells;
    }

    @Override
    void setMissing() {
      cells.setMissing(row);
    }

    private void set(long bits) {
      if (!cells.set(row, bits)) {
        throw new ParquetException(
            "column '%s' holds %d, which Tablesaw takes for a missing %s; write the column in a wider type"
                .formatted(column, bits, kind),
            null);
      }
    }

    @Override
    public void addInt(int value) {
      set(integers.applyAsLong(value));
    }

    @Override
    public void addLong(long value) {
      set(integers.applyAsLong(value));
    }

    @Override
    public void addFloat(float value) {
      set(Float.floatToIntBits(value));
    }

    @Override
    public void addDouble(double value) {
      set(Double.doubleToLongBits(value));
    }

    @Override
    public void addBoolean(boolean value) {
      set(value ? 1 : 0);
    }

    @Override
    public void addBinary(Binary value) {
      set(binaries.applyAsLong(value));
    }
  }

  /** Strings; where the file has a dictionary, each of its entries is decoded once a chunk. */
  static final class Strings extends ParquetCells {
    private static final int UNKNOWN = -1;

    private final StringCells cells = new StringCells(MissingMarkers.none());
    private final Function<Binary, String> decoder;
    private int[] codes = {};
    private Binary[] entries = {};
    private char[] text = new char[256];

    Strings(Function<Binary, String> decoder) {
      this.decoder = decoder;
    }

    @Override
    Cells cells() {
      return cells;
    }

    @Override
    void clear() {
      super.clear();
      Arrays.fill(codes, UNKNOWN);
    }

    @Override
    void setMissing() {
      cells.put(row, text, 0, 0);
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      entries = new Binary[dictionary.getMaxId() + 1];
      for (int id = 0; id < entries.length; id++) {
        entries[id] = dictionary.decodeToBinary(id);
      }
      codes = new int[entries.length];
      Arrays.fill(codes, UNKNOWN);
    }

    @Override
    public void addValueFromDictionary(int id) {
      if (codes[id] == UNKNOWN) {
        addBinary(entries[id]);
        codes[id] = cells.code(row);
      } else {
        cells.set(row, codes[id]);
      }
    }

    @Override
    public void addBinary(Binary value) {
      String decoded = decoder.apply(value);
      int length = decoded.length();
      if (text.length < length) {
        text = new char[length];
      }
      decoded.getChars(0, length, text, 0);
      cells.put(row, text, 0, length);
    }
  }
}
