/**
 * Trestle inside a notebook: magics and inline reports for the IJava Jupyter kernel.
 *
 * <p>A kernelspec starts stock IJava with this module on its class path; the first cell then calls
 * {@link dev.trestle.kernel.Extension#install()}. In come magics and values from cells, out goes
 * display data: HTML and inline SVG without script or style sheet, with plain text beside it. The
 * library itself knows nothing of this package.
 */
@NullMarked
package dev.trestle.kernel;

import org.jspecify.annotations.NullMarked;
