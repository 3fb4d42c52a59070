package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableContent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/**
 * Tablesaw columns as payloads for the store.
 *
 * <p>Values are read from the columns while the store writes, a block at a time, and most missing
 * ones are found then: no second copy of a column ever stands on the heap, only a bit a row where
 * something is missing. The columns must not change until then.
 */
public final class ColumnEncoder {
  private ColumnEncoder() {}

  /**
   * A whole table.
   *
   * @throws StoreException if a column is of a type that the store does not know
   */
  public static TableContent content(Table table) {
    return new Columns(
        table.rowCount(),
        table.columns().parallelStream()
            .<Supplier<ColumnPayload>>map(ColumnEncoder::payload)
            .toList());
  }

  /** Columns of their own, so each may be written by another thread; each holds one buffer. */
  private record Columns(long rows, List<Supplier<ColumnPayload>> payloads)
      implements TableContent {
    @Override
    public List<ColumnPayload> columns() {
      return payloads.stream().<ColumnPayload>map(Supplier::get).toList();
    }

    @Override
    public void writeBuffers(FileChannel file, long[] positions) throws IOException {
      List<Bytes> buffers = columns().stream().flatMap(c -> c.buffers().stream()).toList();
      // The large ones first, each a task: what is left at the end is small.
      List<ForkJoinTask<Optional<IOException>>> tasks =
          IntStream.range(0, positions.length)
              .boxed()
              .sorted(Comparator.comparingLong(i -> -buffers.get(i).size()))
              .map(i -> ForkJoinTask.adapt(() -> write(buffers.get(i), file, positions[i])))
              .toList();
      // All end before this does, also when one fails: the file is closed next.
      List<IOException> failures =
          ForkJoinTask.invokeAll(tasks).stream()
              .map(ForkJoinTask::join)
              .flatMap(Optional::stream)
              .toList();
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
    }

    private static Optional<IOException> write(Bytes buffer, FileChannel file, long position) {
      try {
        buffer.writeTo(file, position);
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(e);
      }
    }
  }

  private static Supplier<ColumnPayload> payload(Column<?> column) {
    return switch (column) {
      case ShortColumn c -> fixed(c, ColumnKind.SHORT, new ShortRows(ColumnLists.of(c)));
      case IntColumn c -> fixed(c, ColumnKind.INT, new IntRows(ColumnLists.of(c), null));
      case LongColumn c -> fixed(c, ColumnKind.LONG, new LongRows(ColumnLists.of(c), null));
      case FloatColumn c -> fixed(c, ColumnKind.FLOAT, new FloatRows(ColumnLists.of(c)));
      case DoubleColumn c -> fixed(c, ColumnKind.DOUBLE, new DoubleRows(ColumnLists.of(c)));
      case DateColumn c ->
          fixed(c, ColumnKind.DATE, new IntRows(ColumnLists.of(c), Unpacked::epochDays));
      case TimeColumn c ->
          fixed(c, ColumnKind.TIME, new IntRows(ColumnLists.of(c), Unpacked::millisOfDay));
      case DateTimeColumn c ->
          fixed(
              c,
              ColumnKind.DATE_TIME,
              new LongRows(
                  ColumnLists.of(c), Unpacked.epochMillis(Math.min(FixedRows.BLOCK, c.size()))));
      case InstantColumn c ->
          fixed(
              c,
              ColumnKind.INSTANT,
              new LongRows(
                  ColumnLists.of(c), Unpacked.epochMillis(Math.min(FixedRows.BLOCK, c.size()))));
      case BooleanColumn c -> {
        var missing = Missing.of(c.size(), c.countMissing(), c.missingBytes());
        // Tablesaw ends them with the last bit that is set.
        byte[] bits = Arrays.copyOf(c.trueBytes(), Missing.bytes(c.size()));
        var payload =
            payload(c, ColumnKind.BOOLEAN, missing, Bytes.of(MemorySegment.ofArray(bits)));
        yield () -> payload;
      }
      case StringColumn c -> StringEncoder.payload(c);
      default ->
          throw new StoreException(
              "column '%s' is of type %s, which cannot be shared; leave it out with"
                      .formatted(column.name(), column.type())
                  + " table.rejectColumns(...)");
    };
  }

  private static Supplier<ColumnPayload> fixed(Column<?> column, ColumnKind kind, FixedRows rows) {
    return () -> payload(column, kind, rows.missing(), rows);
  }

  private static ColumnPayload payload(
      Column<?> column, ColumnKind kind, Missing missing, Bytes values) {
    return new ColumnPayload(
        column.name(), kind, missing.count(), List.of(missing.bitmap(), values), null);
  }
}
