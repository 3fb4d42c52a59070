/**
 * Fast starts of JVMs: what a JVM keeps of a rehearsed start, for those that start after it.
 *
 * <p>In comes a class path, the command of a rehearsal and where to keep the cache; out come the
 * flags with which a JVM uses it. A cache is a help and never a condition.
 */
@NullMarked
package dev.trestle.start;

import org.jspecify.annotations.NullMarked;
