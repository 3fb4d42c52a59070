/**
 * Whole-job runs and measurements, each with the figure it is to reach.
 *
 * <p>In come options on the command line, out go tables of figures on standard output. Uses the
 * public package {@code dev.trestle} as any user would, and the readings of {@code
 * dev.trestle.memory}.
 */
@NullMarked
package dev.trestle.bench;

import org.jspecify.annotations.NullMarked;
