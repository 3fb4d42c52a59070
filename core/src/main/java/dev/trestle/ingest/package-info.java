/**
 * Files into the store, in bounded memory.
 *
 * <p>In comes a delimited file with Tablesaw's own read options, out go column payloads in spool
 * files that the store assembles into one table. The heap in use does not grow with the file.
 */
@NullMarked
package dev.trestle.ingest;

import org.jspecify.annotations.NullMarked;
