package dev.trestle;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;

/** A function from one row to a value, run in a worker JVM; the rules of {@link Task} hold. */
@FunctionalInterface
public interface RowTask<R> extends Serializable {
  /** Computes the value for a row; null where it is missing. The row is valid in this call only. */
  @Nullable R apply(Row row) throws Exception;
}
