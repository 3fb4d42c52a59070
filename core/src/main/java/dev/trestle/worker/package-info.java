/**
 * Worker JVMs: launch, control channel, dispatch, retry.
 *
 * <p>In come encoded tasks, out come encoded results or failures with the worker's frames. Workers
 * are plain JVMs on a Unix-domain socket in a private folder; a worker whose socket closes exits.
 */
@NullMarked
package dev.trestle.worker;

import org.jspecify.annotations.NullMarked;
