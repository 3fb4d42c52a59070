/**
 * Runs Java code cell by cell, in this JVM, with JShell.
 *
 * <p>In come the texts of cells; out go the values of their last expressions, failures written with
 * cell and line, completions and documentation. Nothing here knows of sockets, of Jupyter's
 * messages or of magics.
 */
@NullMarked
package dev.trestle.kernel.engine;

import org.jspecify.annotations.NullMarked;
