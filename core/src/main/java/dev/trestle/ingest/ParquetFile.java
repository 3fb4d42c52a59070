package dev.trestle.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/** A Parquet file whose footer has been read. */
record ParquetFile(Path path, ParquetMetadata footer, List<ParquetColumn> columns) {
  /** Checksums are verified where the file has some. */
  private static final ParquetReadOptions OPTIONS =
      ParquetReadOptions.builder(new PlainParquetConfiguration())
          .withCodecFactory(new ParquetCodecs())
          .usePageChecksumVerification()
          .build();

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
    try (var reader = ParquetFileReader.open(new LocalInputFile(path), OPTIONS)) {
      footer = reader.getFooter();
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

  long rows() {
    return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /** The schema with one column only: the reader then touches no other column's bytes. */
  MessageType only(String column) {
    MessageType schema = footer.getFileMetaData().getSchema();
    return new MessageType(schema.getName(), schema.getType(column));
  }

  ParquetFileReader open() throws IOException {
    var file = new LocalInputFile(path);
    return ParquetFileReader.open(file, footer, OPTIONS, file.newStream());
  }
}
