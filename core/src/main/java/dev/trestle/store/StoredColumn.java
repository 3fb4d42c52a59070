package dev.trestle.store;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

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
    chunks = List.copyOf(chunks);
  }

  /** How many values are missing. */
  public long missing() {
    return chunks.stream().mapToLong(Chunk::missing).sum();
  }

  /** What it takes in its files, in bytes; a dictionary that chunks share counts once. */
  public long bytes() {
    long bytes = 0;
    Set<StoredText> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Chunk chunk : chunks) {
      bytes += chunk.validity().byteSize();
      switch (chunk) {
        case Chunk.Values values -> bytes += values.values().byteSize();
        case Chunk.Text text -> bytes += text.text().byteSize();
        case Chunk.Codes codes -> {
          bytes += codes.codes().byteSize();
          if (dictionaries.add(codes.dictionary())) {
            bytes += codes.dictionary().byteSize();
          }
        }
      }
    }
    return bytes;
  }

  /** How many strings its dictionary has; empty if it has none, or several. */
  public OptionalLong dictionarySize() {
    return chunks.size() == 1 && chunks.getFirst() instanceof Chunk.Codes codes
        ? OptionalLong.of(codes.dictionary().size())
        : OptionalLong.empty();
  }
}
