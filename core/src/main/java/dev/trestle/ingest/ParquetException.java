package dev.trestle.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A Parquet file is missing, damaged, or holds what no Tablesaw column can; or the library that
 * reads Parquet is not there. The message names the file or the artifact, and the column.
 */
public final class ParquetException extends RuntimeException {
  public ParquetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
