package dev.trestle.ingest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;

/**
 * One reading of Parquet files: a column at a time, from the first file to the last, several
 * columns side by side. So the heap holds one column chunk a thread, not a whole row group; and of
 * a chunk that is large for it, one page.
 */
final class ParquetReading {
  private static final int CHUNK_ROWS = 1 << 13;
  private static final int CHUNK_CHARS = 1 << 20; // of strings: then the chunk ends earlier

  private final List<ParquetFile> files;
  private final ColumnSpools target;
  private final Spools spools;
  private final long chunkOnHeap;
  private final Crew crew;

  private ParquetReading(
      List<ParquetFile> files, ColumnSpools target, Spools spools, long chunkOnHeap, int threads) {
    this.files = files;
    this.target = target;
    this.spools = spools;
    this.chunkOnHeap = chunkOnHeap;
    this.crew = new Crew(threads);
  }

  /** With an eighth of the heap for column chunks. */
  static IngestedColumns read(List<Path> paths, Path spoolFolder, IngestLimits limits)
      throws IOException {
    long share = Runtime.getRuntime().maxMemory() / 8 / limits.threads();
    return read(paths, spoolFolder, limits, share);
  }

  /**
   * @param chunkOnHeap larger column chunks, in bytes, are read into a file beside the spools
   */
  static IngestedColumns read(
      List<Path> paths, Path spoolFolder, IngestLimits limits, long chunkOnHeap)
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
      int threads = Math.min(limits.threads(), columns.size());
      return new ParquetReading(files, target, spools, chunkOnHeap, threads).read(columns);
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
    AtomicInteger next = new AtomicInteger();
    crew.start(() -> {
      for (int i = next.getAndIncrement();
          i < columns.size() && !crew.hasFailed();
          i = next.getAndIncrement()) {
        try {
          readColumn(columns.get(i), i);
        } catch (IOException | RuntimeException | Error e) {
          crew.fail(e);
        }
      }
    });
    crew.join(() -> crew.fail(new InterruptedIOException("reading a table was interrupted")));
    crew.rethrow();
    return target.finish(files.stream().mapToLong(ParquetFile::rows).sum());
  }

  private void readColumn(ParquetColumn column, int index) throws IOException {
    long largest =
        files.stream().mapToLong(file -> file.largestChunk(column.name())).max().orElse(0);
    if (largest <= chunkOnHeap) {
      readColumn(column, index, new HeapByteBufferAllocator());
    } else {
      try (var scratch = new ScratchBuffers(spools.openFile())) {
        readColumn(column, index, scratch);
      }
    }
  }

  private void readColumn(ParquetColumn column, int index, ByteBufferAllocator allocator)
      throws IOException {
    ParquetCells cells = column.newCells().get();
    cells.cells().reserve(CHUNK_ROWS);
    cells.clear();
    for (ParquetFile file : files) {
      try (ParquetFileReader reader = file.open(allocator)) {
        MessageType schema = file.only(column.name());
        reader.setRequestedSchema(schema);
        for (int group = 0; group < file.footer().getBlocks().size(); group++) {
          boolean hasRows =
              file.footer().getBlocks().get(group).getRowCount() > 0; // else it throws
          if (hasRows && !crew.hasFailed()) {
            readGroup(file, reader, schema, group, cells, index);
          }
        }
      } catch (ParquetException e) {
        throw new ParquetException(file.path() + ": " + e.getMessage(), e);
      } catch (UncheckedIOException spoolFailed) {
        throw spoolFailed.getCause();
      } catch (RuntimeException | IOException e) {
        throw new ParquetException(
            "%s is damaged in column '%s': %s"
                .formatted(file.path(), column.name(), e.getMessage()),
            e);
      }
    }
    try {
      flush(cells, index);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void readGroup(
      ParquetFile file,
      ParquetFileReader reader,
      MessageType schema,
      int group,
      ParquetCells cells,
      int index)
      throws IOException {
    try (var pages = reader.readRowGroup(group)) {
      readPages(file, pages, schema, cells, index);
    }
  }

  private void readPages(
      ParquetFile file, PageReadStore pages, MessageType schema, ParquetCells cells, int index) {
    var descriptor = schema.getColumns().getFirst();
    ColumnReader values =
        new ColumnReadStoreImpl(
                pages, new OneColumn(cells), schema, file.footer().getFileMetaData().getCreatedBy())
            .getColumnReader(descriptor);
    int present = descriptor.getMaxDefinitionLevel();
    for (long left = pages.getRowCount(); left > 0 && !crew.hasFailed(); left--) {
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

  /** Moves the chunk into the spool; when that fails, it is not the file that is damaged. */
  private void flush(ParquetCells cells, int index) {
    if (cells.cells() instanceof StringCells strings) {
      strings.encode();
    }
    synchronized (target) { // bounding the heap touches the other columns
      try {
        target.append(index, cells.cells(), cells.row);
        target.boundHeap();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
