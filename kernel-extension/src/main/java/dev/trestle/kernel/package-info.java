/**
 * The Java (Trestle) kernel for Jupyter, its magics and its inline reports.
 *
 * <p>A kernelspec starts {@link dev.trestle.kernel.TrestleKernel}: IJava's magics, renderers and
 * comms on the engine and the session of the packages below this one. Stock IJava loads the same
 * module as an extension with {@link dev.trestle.kernel.Extension#install()}. In come magics and
 * values from cells, out goes display data: HTML and inline SVG without script or style sheet, with
 * plain text beside it. The library itself knows nothing of this package.
 */
@NullMarked
package dev.trestle.kernel;

import org.jspecify.annotations.NullMarked;
