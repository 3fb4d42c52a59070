/**
 * Files and queries into the store, in bounded memory.
 *
 * <p>In come delimited files with Tablesaw's own read options, the rows of a JDBC query, or Parquet
 * files; out go column payloads in spool files that the store assembles into one table. The heap in
 * use does not grow with what comes in.
 */
@NullMarked
package dev.trestle.ingest;

import org.jspecify.annotations.NullMarked;
