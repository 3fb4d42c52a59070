/**
 * What a user types: the front door to shared tables, worker JVMs and memory reports.
 *
 * <p>{@link dev.trestle.Trestle} is a static entrance to the default {@link dev.trestle.Store}. A
 * {@link dev.trestle.SharedTable} is a handle on a table in shared memory; captured by a task it
 * travels as a handle, never as data. The rooms behind this door are packages of their own; arrows
 * between them point one way (front door to worker to closure and store; column, ingest and
 * namespace to store; memory stands alone).
 */
@NullMarked
package dev.trestle;

import org.jspecify.annotations.NullMarked;
