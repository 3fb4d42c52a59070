/**
 * Tablesaw columns over mapped memory, and Tablesaw columns as payloads for the store.
 *
 * <p>In come the mapped buffers of a stored column, out goes the exact Tablesaw class that a user
 * expects, reading the mapping in place. Writes are refused with advice; {@code copy()} gives a
 * column that can be changed: it reads the mapping until then, except of strings, see {@link
 * dev.trestle.column.ReadOnlyStrings}.
 */
@NullMarked
package dev.trestle.column;

import org.jspecify.annotations.NullMarked;
