package dev.trestle.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Parquet files into columns in spool files.
 *
 * <p>The reader is Apache's own, parquet-java. Getting 136 million cells out of it took 7 s, and 96
 * s out of DuckDB's JDBC driver, which has a call through JNI for many of them and is 80 MB in
 * size. It is plain Java and 9 MB, and an optional dependency all the same: the types of Hadoop
 * that its classes name are another 20.
 */
public final class ParquetIngest {
  /** How many times larger a table is than its Parquet file, about. */
  private static final int USUAL_RATIO = 4;

  private ParquetIngest() {}

  /** About how many bytes the tables in the files are; 0 where only reading them will tell. */
  public static long expectedBytes(List<Path> files) {
    return files.stream().mapToLong(path -> path.toFile().length() * USUAL_RATIO).sum();
  }

  /**
   * Reads files of the same columns, with up to four threads of its own, which are gone on return.
   *
   * @param files the rows of the first come first
   * @param spoolFolder an existing folder with room for the columns
   * @return the columns; close them
   * @throws ParquetException if a file is missing or damaged, or has columns that Tablesaw cannot
   *     hold, or other ones than the first; or if parquet-java is not on the class path
   * @throws IOException if the spools find no room; an {@code InterruptedIOException} if this
   *     thread is interrupted. Nothing is left behind then
   */
  public static IngestedColumns read(List<Path> files, Path spoolFolder) throws IOException {
    return read(files, spoolFolder, IngestLimits.standard());
  }

  static IngestedColumns read(List<Path> files, Path spoolFolder, IngestLimits limits)
      throws IOException {
    if (files.isEmpty()) {
      throw new ParquetException("no files are given to make a table of", null);
    }
    try {
      return ParquetReading.read(files, spoolFolder, limits);
    } catch (NoClassDefFoundError e) {
      throw new ParquetException(
          "reading Parquet takes org.apache.parquet:parquet-hadoop and org.apache.hadoop:hadoop-client-api on the class path; missing is "
              + String.valueOf(e.getMessage()).replace('/', '.'),
          e);
    }
  }
}
