/**
 * Bytes at rest: write, commit, map, list, drop and sweep.
 *
 * <p>In come column payloads (schema plus buffers), out go committed Arrow IPC files and memory
 * segments over them. A committed file never changes. The folder is the catalogue: no server, no
 * index that a killed process could corrupt.
 */
@NullMarked
package dev.trestle.store;

import org.jspecify.annotations.NullMarked;
