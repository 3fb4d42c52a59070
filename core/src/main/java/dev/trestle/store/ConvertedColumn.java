package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * A column of a foreign file on its way into the store: batch by batch, so that no more of it than
 * one batch is at hand.
 */
abstract class ConvertedColumn {
  final ArrowSource source;
  final ArrowField field;
  private final List<RawColumn> batches;
  private final Inflater inflater;
  private long nanos;

  ConvertedColumn(ArrowFileReader file, int index, Inflater inflater) {
    this.source = file.source();
    this.field = file.fields().get(index);
    this.batches = file.batchesOf(index).stream().filter(batch -> batch.rows() > 0).toList();
    this.inflater = inflater;
  }

  /** A converter for a column of a kind. */
  static ConvertedColumn of(ArrowFileReader file, int index, ColumnKind kind, Inflater inflater)
      throws IOException {
    ArrowField field = file.fields().get(index);
    if (field.dictionary() != null) {
      return field.type() instanceof ArrowType.Text
          ? new ConvertedCodes(file, index, inflater)
          : new ConvertedEntries(file, index, kind, inflater);
    }
    return switch (field.type()) {
      case ArrowType.Null nothing -> new ConvertedNulls(file, index, inflater);
      case ArrowType.Text text -> new ConvertedText(file, index, inflater);
      default -> new ConvertedValues(file, index, kind, inflater);
    };
  }

  /** What is to be written. */
  abstract ColumnPayload payload() throws IOException;

  /** Which rows of a batch are present. */
  abstract LongPredicate present(RawColumn opened);

  /** How much time went into it until now. */
  final double seconds() {
    return nanos / 1e9;
  }

  final long rows() {
    return batches.stream().mapToLong(RawColumn::rows).sum();
  }

  final ChunkReader reader() {
    return new ChunkReader(source, field);
  }

  final StoreException damaged(String how) {
    return source.damaged("column '%s': %s".formatted(field.name(), how));
  }

  /** A value as it is stored in a column of a kind. */
  final long converted(ValueBits values, MemorySegment from, long row, ColumnKind kind) {
    try {
      return values.at(from, row);
    } catch (ArithmeticException e) {
      throw new StoreException(
          "column '%s' of %s cannot be converted from %s to %s: %s"
              .formatted(field.name(), source.path(), field.typeName(), kind, e.getMessage()),
          e);
    }
  }

  /** Does something with one batch. */
  interface Step {
    void take(RawColumn opened) throws IOException;
  }

  /** Opens one batch after the other. */
  final void forEachBatch(Step step) throws IOException {
    for (RawColumn batch : batches) {
      open(batch, step);
    }
  }

  /** Opens a batch, or a piece of a dictionary, for one step. */
  final void open(RawColumn raw, Step step) throws IOException {
    long start = System.nanoTime();
    try (Arena arena = Arena.ofConfined()) {
      step.take(inflater.open(raw, arena));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw source.damaged("column '%s' cannot be read".formatted(field.name()), e);
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /** How many rows are missing by the validity bitmaps alone; the values are not opened. */
  final long missingByBitmap() throws IOException {
    long[] missing = {0};
    for (RawColumn batch : batches) {
      var bitmap =
          new RawColumn(
              batch.rows(), batch.nullCount(), batch.codec(), batch.buffers().subList(0, 1));
      open(bitmap, opened -> missing[0] += reader().validity(opened).missing());
    }
    return missing[0];
  }

  /** How many rows are missing. */
  final long countMissing() throws IOException {
    long[] missing = {0};
    forEachBatch(opened -> {
      LongPredicate present = present(opened);
      for (long row = 0; row < opened.rows(); row++) {
        missing[0] += present.test(row) ? 0 : 1;
      }
    });
    return missing[0];
  }

  /** The validity bitmap of all batches. */
  final Bytes validity(long missing) {
    return missing == 0 ? Bytes.NONE : bits(this::present);
  }

  /** A bit a row. */
  interface Bits {
    LongPredicate of(RawColumn opened);
  }

  final Bytes bits(Bits bits) {
    return bytes(
        (rows() + Byte.SIZE - 1) / Byte.SIZE,
        out -> {
          int[] open = {0, 0}; // the bits of a byte, and how many
          forEachBatch(opened -> {
            LongPredicate set = bits.of(opened);
            for (long row = 0; row < opened.rows(); row++) {
              open[0] |= set.test(row) ? 1 << open[1] : 0;
              if (++open[1] == Byte.SIZE) {
                out.room(1).put((byte) open[0]);
                open[0] = 0;
                open[1] = 0;
              }
            }
          });
          if (open[1] > 0) {
            out.room(1).put((byte) open[0]);
          }
        });
  }

  /** Writes all bytes of a buffer. */
  interface Writing {
    void to(ChunkWriter out) throws IOException;
  }

  static Bytes bytes(long size, Writing writing) {
    return new Bytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void writeTo(FileChannel file, long position) throws IOException {
        var out = new ChunkWriter(file, position);
        writing.to(out);
        out.flush();
      }
    };
  }
}
