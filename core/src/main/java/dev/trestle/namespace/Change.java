package dev.trestle.namespace;

import org.jspecify.annotations.Nullable;

/**
 * One committed change of one entry.
 *
 * @param value what the entry has now, encoded; null if it is gone
 */
record Change(Key key, byte @Nullable [] value) {}
