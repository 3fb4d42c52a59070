package dev.trestle.ingest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One reading of Parquet files: a column at a time, from the first file to the last, several
 * columns side by side. So the heap holds one column chunk a thread, not a whole row group.
 */
final class ParquetReading {
  private static final int CHUNK_ROWS = 1 << 13;
  private static final int CHUNK_CHARS = 1 << 20; // of strings: then the chunk ends earlier

  private final List<ParquetFile> files;
  private final Spools spools;
  private final ColumnSpools target;
  private final IngestLimits limits;

  private ParquetReading(
      List<ParquetFile> files, Spools spools, ColumnSpools target, IngestLimits limits) {
    this.files = files;
    this.spools = spools;
    this.target = target;
    this.limits = limits;
  }

  static IngestedColumns read(List<Path> paths, Path spoolFolder, IngestLimits limits)
      throws IOException {
    List<ParquetFile> files = paths.stream().map(ParquetFile::of).toList();
    List<ParquetColumn> columns = files.getFirst().columns();
    files.forEach(file -> checkSame(files.getFirst(), file));
    Spools spools = new Spools(spoolFolder);
    try {
      ColumnSpools target = new ColumnSpools(spools, columns.size(), limits);
      for (ParquetColumn column : columns) {
        target.add(column.name(), column.kind());
      }
      return new ParquetReading(files, spools, target, limits).read(columns);
    } catch (IOException | RuntimeException | Error e) {
      spools.close();
      throw e;
    }
  }

  private static void checkSame(ParquetFile first, ParquetFile other) {
    List<String> expected = described(first);
    List<String> found = described(other);
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(found);
    List<String> surplus = new ArrayList<>(found);
    surplus.removeAll(expected);
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new ParquetException(
          "%s has other columns than %s: %s instead of %s"
              .formatted(other.path(), first.path(), surplus, missing),
          null);
    }
  }

  private static List<String> described(ParquetFile file) {
    return file.columns().stream().map(c -> c.name() + " " + c.kind()).toList();
  }

  private IngestedColumns read(List<ParquetColumn> columns) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(limits.threads(), columns.size())),
            Thread.ofPlatform().daemon().name("trestle-ingest-", 1).factory());
    try (threads) {
      CompletionService<Void> done = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < columns.size(); i++) {
        int column = i;
        done.submit(() -> {
          readColumn(columns.get(column), column);
          return null;
        });
      }
      for (int i = 0; i < columns.size(); i++) {
        done.take().get();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("reading a table was interrupted");
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw failure(e.getCause());
    }
    return target.finish(files.stream().mapToLong(ParquetFile::rows).sum());
  }

  private static IOException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    };
  }

  private void readColumn(ParquetColumn column, int index) throws IOException {
    ParquetCells cells = column.newCells().get();
    cells.cells().reserve(CHUNK_ROWS);
    cells.clear();
    for (ParquetFile file : files) {
      try (ParquetFileReader reader = file.open()) {
        MessageType schema = file.only(column.name());
        reader.setRequestedSchema(schema);
        for (int group = 0; group < file.footer().getBlocks().size(); group++) {
          if (file.footer().getBlocks().get(group).getRowCount() > 0) { // else it throws
            readGroup(file, reader, schema, group, cells, index);
          }
        }
      } catch (ParquetException e) {
        throw new ParquetException(file.path() + ": " + e.getMessage(), e);
      } catch (RuntimeException | IOException e) {
        if (spools.isClosed() || Thread.currentThread().isInterrupted()) {
          throw e; // another column failed first
        }
        throw new ParquetException(
            "%s is damaged in column '%s': %s"
                .formatted(file.path(), column.name(), e.getMessage()),
            e);
      }
    }
    flush(cells, index);
  }

  private void readGroup(
      ParquetFile file,
      ParquetFileReader reader,
      MessageType schema,
      int group,
      ParquetCells cells,
      int index)
      throws IOException {
    var pages = reader.readRowGroup(group);
    var descriptor = schema.getColumns().getFirst();
    ColumnReader values =
        new ColumnReadStoreImpl(
                pages, new OneColumn(cells), schema, file.footer().getFileMetaData().getCreatedBy())
            .getColumnReader(descriptor);
    int present = descriptor.getMaxDefinitionLevel();
    for (long left = pages.getRowCount(); left > 0; left--) {
      if (values.getCurrentDefinitionLevel() == present) {
        values.writeCurrentValueToConverter();
      } else {
        cells.setMissing();
      }
      values.consume();
      if (++cells.row == CHUNK_ROWS || isLong(cells)) {
        flush(cells, index);
      }
    }
  }

  private static boolean isLong(ParquetCells cells) {
    return cells.cells() instanceof StringCells strings && strings.chars() > CHUNK_CHARS;
  }

  private void flush(ParquetCells cells, int index) throws IOException {
    if (cells.cells() instanceof StringCells strings) {
      strings.encode();
    }
    synchronized (target) { // bounding the heap touches the other columns
      target.append(index, cells.cells(), cells.row);
      target.boundHeap();
    }
    cells.clear();
  }

  /** The record of one field that the decoder takes the column for. */
  private static final class OneColumn extends GroupConverter {
    private final Converter column;

    OneColumn(Converter column) {
      this.column = column;
    }

    @Override
    public Converter getConverter(int field) {
      return column;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
