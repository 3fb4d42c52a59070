package dev.trestle.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A query's rows cannot become a table: the database failed, or a column holds what no Tablesaw
 * column can. The message names the column, how many rows had been read, and what to do.
 */
public final class QueryException extends RuntimeException {
  public QueryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
