/**
 * A notebook's session: answers Jupyter's messages with what the engine makes of them.
 *
 * <p>In come messages; out go replies, output, results and errors, each tied to the cell that it
 * came from. What the cells' language has beyond Java (magics, renderers, comms) is handed in.
 */
@NullMarked
package dev.trestle.kernel.session;

import org.jspecify.annotations.NullMarked;
