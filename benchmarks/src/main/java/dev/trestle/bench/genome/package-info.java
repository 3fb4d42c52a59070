/**
 * The main job: a genome matrix of 4,000,000 rows by 34 columns, haplotypes called per chromosome.
 *
 * <p>A generator makes the input, a notebook-style function does the work on each chromosome's rows
 * in a worker JVM, and the result is checked to the last byte.
 */
@NullMarked
package dev.trestle.bench.genome;

import org.jspecify.annotations.NullMarked;
