/**
 * Where the memory went: readings from {@code /proc}, and their peak over time.
 *
 * <p>Truth is PSS (a page shared by n processes counts 1/n in each) and USS (pages nobody else
 * has), never summed RSS. Stands alone: it knows processes, not tables. See proc(5).
 */
@NullMarked
package dev.trestle.memory;

import org.jspecify.annotations.NullMarked;
