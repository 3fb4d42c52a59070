/**
 * Named small values, locks, counters and events, shared live by the processes of one store.
 *
 * <p>In come names and encoded values, out go the same from every process. A log that is only ever
 * appended to, under a file lock of ours, is the truth: a change is committed by one store of eight
 * bytes, so a process killed at any moment has either made it or not. A Chronicle Map is the index
 * that the processes look values up in; whatever happens to it, it is built again from the log.
 */
@NullMarked
package dev.trestle.namespace;

import org.jspecify.annotations.NullMarked;
