package dev.trestle.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One version of a table, mapped read-only: one file, and one more for each time rows were
 * appended.
 *
 * <p>The mapping goes away when nothing refers to its columns any more; files that were dropped in
 * the meantime give their space back then. Any thread may read.
 */
public final class MappedTable {
  private final String name;
  private final List<TableFile> files;
  private final long rows;
  private final List<StoredColumn> columns;

  /**
   * @param files in the order of their rows, with the same columns; the last one is the table's
   *     head
   */
  MappedTable(String name, List<TableFile> files) {
    this.name = name;
    this.files = List.copyOf(files);
    this.rows = files.stream().mapToLong(TableFile::rows).sum();
    this.columns = files.size() == 1 ? files.getFirst().columns() : joined(files);
  }

  private static List<StoredColumn> joined(List<TableFile> files) {
    var joined = new ArrayList<StoredColumn>();
    for (int i = 0; i < files.getFirst().columns().size(); i++) {
      int column = i;
      StoredColumn first = files.getFirst().columns().get(i);
      List<Chunk> chunks =
          files.stream().flatMap(file -> file.columns().get(column).chunks().stream()).toList();
      boolean coded = chunks.stream().anyMatch(Chunk.Codes.class::isInstance);
      joined.add(new StoredColumn(first.name(), coded ? ColumnKind.STRING : first.kind(), chunks));
    }
    return List.copyOf(joined);
  }

  /** The name it was shared under. */
  public String name() {
    return name;
  }

  /** How many rows. */
  public long rows() {
    return rows;
  }

  /** The columns, in order. */
  public List<StoredColumn> columns() {
    return columns;
  }

  /** The sizes of the files together, in bytes, with a foreign file that is read in place. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.size() + file.sourceSize()).sum();
  }

  /** The columns that were converted on their way in from a foreign file. */
  public List<Conversion> conversions() {
    return files.stream().flatMap(file -> file.conversions().stream()).toList();
  }

  List<TableFile> files() {
    return files;
  }

  /** The file that has the table's name, with the newest rows. */
  TableFile head() {
    return files.getLast();
  }

  /** 1 when the table was new, and one more for each time it was replaced or appended to. */
  public long version() {
    return head().lineage().version();
  }

  /** The files as they were called when this was mapped, in the order of their rows. */
  public List<Path> paths() {
    return files.stream().map(TableFile::path).toList();
  }

  /** The file that has the table's name. */
  public Path location() {
    return files.getLast().path();
  }

  /** What tells this version from any other table that had or will have its name. */
  public String id() {
    return files.getLast().id();
  }

  /** When this version was committed. */
  public Instant created() {
    return files.getLast().created();
  }
}
