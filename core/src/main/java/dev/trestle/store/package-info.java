/**
 * Bytes at rest: write, commit, map, list, drop and sweep.
 *
 * <p>In come column payloads (schema plus buffers), out go committed Arrow IPC files and memory
 * segments over them. A committed file never changes. Arrow files of others are mapped where they
 * lie, after all of them was checked. The folder is the catalogue: no server, no index that a
 * killed process could corrupt.
 */
@NullMarked
package dev.trestle.store;

import org.jspecify.annotations.NullMarked;
