package dev.trestle;

import java.io.Serializable;
import tech.tablesaw.api.Table;

/**
 * A function from a part of a shared table to a new table, run in a worker JVM.
 *
 * <p>The part is an ordinary Tablesaw table. When its rows lie next to each other in the shared
 * table it reads the shared memory directly; else the rows of the part are gathered in the worker.
 * The same rules hold as for {@link Task}.
 */
@FunctionalInterface
public interface TableTask extends Serializable {
  /** Computes a table from one part, on a worker. */
  Table apply(Table part) throws Exception;
}
