package dev.trestle.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/** A Parquet file whose footer has been read. */
record ParquetFile(Path path, ParquetMetadata footer, List<ParquetColumn> columns) {
  /** Checksums are verified where the file has some. */
  private static ParquetReadOptions options(ByteBufferAllocator allocator) {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new ParquetCodecs())
        .withAllocator(allocator)
        .withMaxAllocationInBytes(ScratchBuffers.BLOCK)
        .usePageChecksumVerification()
        .build();
  }

  /**
   * Reads the footer.
   *
   * @throws ParquetException if there is no such file, or it is none, or has a column that Tablesaw
   *     cannot hold
   */
  static ParquetFile of(Path path) {
    if (!Files.exists(path)) {
      throw new ParquetException("there is no file " + path.toAbsolutePath(), null);
    }
    if (Files.isDirectory(path)) {
      throw new ParquetException(path.toAbsolutePath() + " is a folder, not a file", null);
    }
    ParquetMetadata footer;
    ParquetReadOptions options = options(new HeapByteBufferAllocator());
    try (var reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
      footer = reader.getFooter();
      checkChunks(footer, Files.size(path));
    } catch (IOException | RuntimeException e) {
      throw new ParquetException(
          path + " is no Parquet file, or a damaged one: " + e.getMessage(), e);
    }
    try {
      List<ParquetColumn> columns =
          footer.getFileMetaData().getSchema().getFields().stream().map(ParquetColumn::of).toList();
      return new ParquetFile(path, footer, columns);
    } catch (ParquetException e) {
      throw new ParquetException(path + ": " + e.getMessage(), e);
    }
  }

  /** Buffers are made for what a chunk says, before it is read. */
  private static void checkChunks(ParquetMetadata footer, long size) throws IOException {
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        long start = chunk.getStartingPos();
        if (start < 0 || chunk.getTotalSize() < 0 || chunk.getTotalSize() > size - start) {
          throw new IOException("column '%s' leaves the file".formatted(chunk.getPath()));
        }
      }
    }
  }

  long rows() {
    return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /** The schema with one column only: the reader then touches no other column's bytes. */
  MessageType only(String column) {
    MessageType schema = footer.getFileMetaData().getSchema();
    return new MessageType(schema.getName(), schema.getType(column));
  }

  /** Bytes of the column's largest chunk, which is what it has in one row group. */
  long largestChunk(String column) {
    return footer.getBlocks().stream()
        .flatMap(group -> group.getColumns().stream())
        .filter(chunk -> chunk.getPath().equals(ColumnPath.get(column)))
        .mapToLong(ColumnChunkMetaData::getTotalSize)
        .max()
        .orElse(0);
  }

  /**
   * @param allocator what column chunks are read into
   */
  ParquetFileReader open(ByteBufferAllocator allocator) throws IOException {
    var file = new LocalInputFile(path);
    return ParquetFileReader.open(file, footer, options(allocator), file.newStream());
  }
}
