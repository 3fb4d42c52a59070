/**
 * Jupyter's messages over ZeroMQ, as its page "Messaging in Jupyter" has them (version 5.3).
 *
 * <p>In come frames, out go messages whose signature and shape are known to be good, and the other
 * way round. All sockets belong to one thread; nothing here knows what a cell is.
 */
@NullMarked
package dev.trestle.kernel.protocol;

import org.jspecify.annotations.NullMarked;
