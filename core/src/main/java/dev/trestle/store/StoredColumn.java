package dev.trestle.store;

import java.util.List;

/**
 * A column of a committed table, as mapped: the counterpart of {@link ColumnPayload}.
 *
 * @param name the column's name
 * @param kind what it holds
 * @param chunks its values, in order; all of the record that fits the kind: {@link Chunk.Codes} for
 *     {@link ColumnKind#STRING}, {@link Chunk.Text} for {@link ColumnKind#TEXT}, else {@link
 *     Chunk.Values}. A string column of several files may mix the first two, and is of kind STRING
 *     then
 */
public record StoredColumn(String name, ColumnKind kind, List<Chunk> chunks) {
  public StoredColumn {
    // As a literal's: a Tablesaw row finds its columns by name in hash maps, for each value, and
    // the
    // same instance need not be compared letter by letter.
    name = name.intern();
    chunks = List.copyOf(chunks);
  }

  /** How many values are missing. */
  public long missing() {
    return chunks.stream().mapToLong(Chunk::missing).sum();
  }
}
