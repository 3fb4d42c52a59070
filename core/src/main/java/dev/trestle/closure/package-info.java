/**
 * Notebook code as bytes: capture, ship, rebuild.
 *
 * <p>In comes a serializable lambda with everything it reaches (notebook classes, notebook methods,
 * the present values of notebook variables), out goes a self-contained message; on the other side
 * the same code and values come back to life in a class loader of their own. {@link
 * dev.trestle.closure.ClosureEncoder} stands beside the notebook, {@link
 * dev.trestle.closure.ClosureDecoder} in the worker.
 *
 * <p>Capture is two searches that feed each other until nothing new appears: {@code CodeWalk} reads
 * class files for the classes and variables that code uses, {@code Survey} goes through object
 * graphs for the classes and lambdas that values hold.
 */
@NullMarked
package dev.trestle.closure;

import org.jspecify.annotations.NullMarked;
