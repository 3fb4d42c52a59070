package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Dictionary codes of 1, 2 or 4 bytes; what is there is rewritten when they get wider. */
final class CodeSpool {
  private static final int BYTE_CODES = 1 << 8;
  private static final int PIECE = 1 << 16; // a multiple of every width

  private final Spools spools;
  private final int siblings;
  private Spool codes;
  private int width = 1;
  private byte[] encoded = {};

  CodeSpool(Spools spools, int siblings) throws IOException {
    this.spools = spools;
    this.siblings = siblings;
    this.codes = spools.create(siblings);
  }

  /**
   * Appends a chunk.
   *
   * @param columnCodes for each of the chunk's codes the column's, none too wide
   */
  void append(StringCells cells, int[] columnCodes, int rows) throws IOException {
    int bytes = rows * width;
    if (encoded.length < bytes) {
      encoded = new byte[bytes];
    }
    if (width == 1 && cells.entries() <= BYTE_CODES) {
      translate(cells, columnCodes, rows);
    } else {
      ByteBuffer target = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < rows; row++) {
        ColumnPayload.Dictionary.putCode(target, width, columnCodes[cells.code(row)]);
      }
    }
    codes.append(encoded, 0, bytes);
  }

  /** The short loop for the common case, a byte in and a byte out. */
  private void translate(StringCells cells, int[] columnCodes, int rows) {
    byte[] table = new byte[BYTE_CODES];
    for (int code = 0; code < cells.entries(); code++) {
      table[code] = (byte) columnCodes[code];
    }
    byte[] local = cells.narrowCodes();
    for (int row = 0; row < rows; row++) {
      encoded[row] = table[local[row] & 0xff];
    }
  }

  /** Makes the codes that wide, if they are not already. */
  void widen(int wanted) throws IOException {
    if (wanted <= width) {
      return;
    }
    Spool wider = spools.create(siblings);
    byte[] one = new byte[Integer.BYTES];
    ByteBuffer target = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
    forEach(code -> {
      ColumnPayload.Dictionary.putCode(target.clear(), wanted, code);
      wider.append(one, 0, wanted);
    });
    codes.close();
    codes = wider;
    width = wanted;
  }

  /** Hands over each code, from the first row on. */
  void forEach(CodeConsumer consumer) throws IOException {
    byte[] piece = new byte[PIECE];
    ByteBuffer source = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
    long size = codes.size();
    for (long at = 0; at < size; ) {
      int length = codes.read(at, piece);
      for (int i = 0; i < length; i += width) {
        consumer.accept(
            switch (width) {
              case 1 -> source.get(i);
              case 2 -> source.getShort(i);
              default -> source.getInt(i);
            });
      }
      at += length;
    }
  }

  Bytes finish() throws IOException {
    encoded = new byte[0];
    return codes.finish();
  }

  /** Frees the codes; they are needed no more. */
  void discard() {
    codes.close();
  }

  /** Takes a code. */
  @FunctionalInterface
  interface CodeConsumer {
    void accept(int code) throws IOException;
  }
}
