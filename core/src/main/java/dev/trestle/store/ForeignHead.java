package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a table's file says if some of its columns lie in a file of somebody else.
 *
 * <p>The table's own file holds the columns that had to be converted, perhaps none. Where the
 * others are, and in which order all of them stand, goes with it: a worker, or another session,
 * needs that file's name only.
 *
 * @param source the other file, as it was when all of it was checked
 * @param columns in the order of the table
 * @param conversions the columns that were converted
 */
record ForeignHead(SourceStamp source, List<Column> columns, List<Conversion> conversions) {
  private static final String SOURCE = "trestle.source";
  private static final String COLUMNS = "trestle.source.columns";
  private static final String CONVERSIONS = "trestle.source.conversions";

  ForeignHead {
    columns = List.copyOf(columns);
    conversions = List.copyOf(conversions);
  }

  /**
   * Where a column is.
   *
   * @param inSource whether it is read in place
   * @param index which field it is, of the one file or the other
   */
  record Column(boolean inSource, int index, ColumnKind kind, String name) {
    private String encoded() {
      return "%s %d %s %s"
          .formatted(inSource ? "source" : "here", index, kind, Conversion.quote(name));
    }

    private static Column decode(String line) {
      List<String> parts = List.of(line.split(" ", -1));
      return new Column(
          parts.get(0).equals("source"),
          Integer.parseInt(parts.get(1)),
          ColumnKind.valueOf(parts.get(2)),
          Conversion.unquote(parts.get(3)));
    }
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put(SOURCE, source.encoded());
    properties.put(COLUMNS, String.join("\n", columns.stream().map(Column::encoded).toList()));
    properties.put(
        CONVERSIONS, String.join("\n", conversions.stream().map(Conversion::encoded).toList()));
    return properties;
  }

  /** What a file's metadata says, or null if all columns are its own. */
  static @Nullable ForeignHead from(Map<String, String> properties) {
    String source = properties.get(SOURCE);
    return source == null
        ? null
        : new ForeignHead(
            SourceStamp.decode(source),
            properties.getOrDefault(COLUMNS, "").lines().map(Column::decode).toList(),
            properties.getOrDefault(CONVERSIONS, "").lines().map(Conversion::decode).toList());
  }

  /** The columns by name and kind, without their rows. */
  List<StoredColumn> outline() {
    return columns.stream().map(c -> new StoredColumn(c.name(), c.kind(), List.of())).toList();
  }

  /**
   * Maps the other file and puts the columns of both together.
   *
   * @param head the table's own file
   * @param own its columns
   * @throws SourceChangedException if the other file is not what it was
   */
  List<StoredColumn> open(Path head, List<StoredColumn> own, long rows, Arena arena)
      throws IOException {
    source.check(head);
    ArrowFileReader reader;
    try (var channel = FileChannel.open(source.path(), StandardOpenOption.READ)) {
      MemorySegment mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, source.size(), arena);
      source.check(head); // and not replaced between the two
      reader =
          new ArrowFileReader(new ArrowSource(source.path(), mapping, ArrowSource.Origin.CHECKED));
    }
    if (reader.rows() != rows) {
      throw reader
          .source()
          .damaged("%,d rows, and the table has %,d".formatted(reader.rows(), rows));
    }
    var together = new ArrayList<StoredColumn>();
    for (Column column : columns) {
      together.add(column.inSource() ? reader.inPlace(column.index()) : own.get(column.index()));
    }
    return together;
  }
}
