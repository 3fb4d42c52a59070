package dev.trestle.kernel.session;

import org.jspecify.annotations.Nullable;

/**
 * A cell that was run.
 *
 * @param session the first of all is 1
 * @param line the number in the cell's prompt
 * @param output the result as plain text; null if there was none or it is not known any more
 */
record HistoryEntry(int session, int line, String input, @Nullable String output) {}
