/**
 * Bytes at rest: write, commit, replace, append, map, list, keep, drop and sweep.
 *
 * <p>In come column payloads (schema plus buffers) and files of arrays, out go committed Arrow IPC
 * files and memory segments over them. A committed file never changes: a new version is a new file,
 * which takes the name of the old one in one step. Arrow files of others are mapped where they lie,
 * after all of them was checked. The folder is the catalogue: no server, no index that a killed
 * process could corrupt. Who owns what, and who still reads an old version, is told by hard links.
 * {@link dev.trestle.store.Catalogue} is the door.
 */
@NullMarked
package dev.trestle.store;

import org.jspecify.annotations.NullMarked;
