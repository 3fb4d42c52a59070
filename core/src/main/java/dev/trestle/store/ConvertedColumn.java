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

  /** What its rows hold; another one than the column itself if that is run-end-encoded. */
  final ArrowField values;

  private final List<RawColumn> batches;
  private final Inflater inflater;
  private long nanos;

  ConvertedColumn(ArrowFileReader file, int index, Inflater inflater) {
    this.source = file.source();
    this.field = file.fields().get(index);
    this.values = field.values();
    this.batches = file.batchesOf(index).stream().filter(batch -> batch.rows() > 0).toList();
    this.inflater = inflater;
  }

  /** A converter for a column of a kind. */
  static ConvertedColumn of(ArrowFileReader file, int index, ColumnKind kind, Inflater inflater)
      throws IOException {
    ArrowField values = file.fields().get(index).values();
    if (values.dictionary() != null) {
      return values.type() instanceof ArrowType.Text
          ? new ConvertedDictionary(file, index, inflater)
          : new ConvertedEntries(file, index, kind, inflater);
    }
    return switch (values.type()) {
      case ArrowType.Null nothing -> new ConvertedNulls(file, index, inflater);
      case ArrowType.Text text when kind == ColumnKind.STRING ->
          new ConvertedRuns(file, index, inflater);
      case ArrowType.Text text -> new ConvertedText(file, index, inflater);
      default -> new ConvertedValues(file, index, kind, inflater);
    };
  }

  /** What is to be written. */
  abstract ColumnPayload payload() throws IOException;

  /** Which values of a batch are present. */
  abstract LongPredicate present(RawColumn opened);

  /** How much time went into it until now. */
  final double seconds() {
    return nanos / 1e9;
  }

  final long rows() {
    return batches.stream().mapToLong(RawColumn::rows).sum();
  }

  final ChunkReader reader() {
    return new ChunkReader(source, values);
  }

  final StoreException damaged(String how) {
    return source.damaged("column '%s': %s".formatted(field.name(), how));
  }

  /** A value as it is stored in a column of a kind. */
  final long converted(ValueBits bits, MemorySegment from, long at, ColumnKind kind) {
    try {
      return bits.at(from, at);
    } catch (ArithmeticException e) {
      throw new StoreException(
          "column '%s' of %s cannot be converted from %s to %s: %s"
              .formatted(field.name(), source.path(), field.typeName(), kind, e.getMessage()),
          e);
    }
  }

  /** The values of a batch, and how many rows each of them stands for. */
  record Batch(RawColumn values, Runs runs) {
    /** Does something with a value that so many rows have. */
    interface RunStep {
      void take(long at, long times) throws IOException;
    }

    void forEachRun(RunStep step) throws IOException {
      for (long at = 0; at < values.rows(); at++) {
        step.take(at, runs.length(at));
      }
    }
  }

  /** Does something with one batch. */
  interface BatchStep {
    void take(Batch batch) throws IOException;
  }

  /** Opens one batch after the other. */
  final void forEachBatch(BatchStep step) throws IOException {
    for (RawColumn batch : batches) {
      ArrowType.Int type = field.isRunEndEncoded() ? field.runEnds() : null;
      if (type == null) {
        open(batch, opened -> step.take(new Batch(opened, Runs.OF_ONE)));
      } else {
        RawColumn ends = batch.children().getFirst();
        RawColumn raw = batch.children().getLast();
        if (ends.rows() != raw.rows()) {
          throw damaged("%,d run ends and %,d values".formatted(ends.rows(), raw.rows()));
        }
        open(
            ends,
            openedEnds -> {
              MemorySegment of = reader().values(openedEnds, type.bits()).values();
              Runs runs = Runs.of(type, of, ends.rows(), batch.rows(), this::damaged);
              open(raw, opened -> step.take(new Batch(opened, runs)));
            });
      }
    }
  }

  /** Does something with one part of a column, or a piece of a dictionary. */
  interface Step {
    void take(RawColumn opened) throws IOException;
  }

  /** Opens a part for one step. */
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
    if (field.isRunEndEncoded()) {
      return countMissing();
    }
    long[] missing = {0};
    for (RawColumn batch : batches) {
      var bitmap =
          new RawColumn(
              batch.rows(),
              batch.nullCount(),
              batch.codec(),
              batch.buffers().subList(0, 1),
              List.of());
      open(bitmap, opened -> missing[0] += reader().validity(opened).missing());
    }
    return missing[0];
  }

  /** How many rows are missing. */
  final long countMissing() throws IOException {
    long[] missing = {0};
    forEachBatch(batch -> {
      LongPredicate present = present(batch.values());
      batch.forEachRun((at, times) -> missing[0] += present.test(at) ? 0 : times);
    });
    return missing[0];
  }

  /** The validity bitmap of all batches. */
  final Bytes validity(long missing) {
    return missing == 0 ? Bytes.NONE : bits(this::present);
  }

  /** A bit a value. */
  interface Bits {
    LongPredicate of(RawColumn opened);
  }

  final Bytes bits(Bits bits) {
    return bytes(
        (rows() + Byte.SIZE - 1) / Byte.SIZE,
        out -> {
          int[] open = {0, 0}; // the bits of a byte, and how many
          forEachBatch(batch -> {
            LongPredicate set = bits.of(batch.values());
            batch.forEachRun((at, times) -> {
              int bit = set.test(at) ? 1 : 0;
              for (long left = times; left > 0; left--) {
                open[0] |= bit << open[1];
                if (++open[1] == Byte.SIZE) {
                  out.room(1).put((byte) open[0]);
                  open[0] = 0;
                  open[1] = 0;
                }
              }
            });
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
