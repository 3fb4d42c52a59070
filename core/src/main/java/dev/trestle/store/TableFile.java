package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A committed table, mapped read-only.
 *
 * <p>The mapping goes away when nothing refers to its columns any more; a file that was dropped in
 * the meantime gives its space back then. Any thread may read. For a file that somebody cuts while
 * it is mapped see {@link MappingFault}.
 */
public final class TableFile {
  static final String ID = "trestle.id";
  static final String CREATED = "trestle.created";

  private final Path path;
  private final long size;
  private final MemorySegment mapping;
  private final long rows;
  private final List<StoredColumn> columns;
  private final Map<String, String> properties;
  private final @Nullable ForeignHead foreign;
  private final Lineage lineage;

  /** Keeps the pin of what this is another view of. */
  @SuppressWarnings("UnusedVariable")
  private final @Nullable TableFile hold;

  private TableFile(
      Path path,
      long size,
      MemorySegment mapping,
      long rows,
      List<StoredColumn> columns,
      Map<String, String> properties,
      @Nullable ForeignHead foreign,
      Lineage lineage,
      @Nullable TableFile hold) {
    this.path = path;
    this.size = size;
    this.mapping = mapping;
    this.rows = rows;
    this.columns = List.copyOf(columns);
    this.properties = properties;
    this.foreign = foreign;
    this.lineage = lineage;
    this.hold = hold;
  }

  /**
   * Maps a table's file.
   *
   * @throws StoreException if the file is not a table of this store, or damaged
   * @throws SourceChangedException if it reads columns from a foreign file that is not what it was
   * @throws NoSuchFileException if it is not there
   */
  public static TableFile open(Path path) throws IOException {
    // Not confined: columns are read by fork-join threads (sorting) and outlive this thread.
    return open(path, Arena.ofAuto());
  }

  /** As {@link #open(Path)}, through another hard link of it. */
  static TableFile openBy(Path link, Path path) throws IOException {
    return open(link, path, Arena.ofAuto(), false);
  }

  /**
   * All but the rows: the file is not mapped any more when this returns, and a foreign file that it
   * reads columns from is not looked at.
   *
   * @throws StoreException as {@link #open(Path)}
   * @throws NoSuchFileException if it is not there
   */
  public static TableFile header(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return open(path, path, arena, true);
    }
  }

  /** As {@link #open(Path)}, mapped for as long as the arena lives. */
  static TableFile open(Path path, Arena arena) throws IOException {
    return open(path, path, arena, false);
  }

  private static TableFile open(Path link, Path path, Arena arena, boolean asHeader)
      throws IOException {
    try (var channel = FileChannel.open(link, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      MemorySegment mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      var source = new ArrowSource(path, mapping, ArrowSource.Origin.OURS);
      var reader = new ArrowFileReader(source);
      Map<String, String> properties = reader.properties();
      if (!properties.containsKey(ID)) {
        throw new StoreException(
            path
                + " is an Arrow file, but not one that this store wrote; map it with"
                + " Trestle.mapArrow(path), or share it with Trestle.shareArrow(name, path)");
      }
      ForeignHead foreign =
          source.checked(() -> Optional.ofNullable(ForeignHead.from(properties))).orElse(null);
      List<StoredColumn> columns =
          foreign == null
              ? reader.allInPlace()
              : asHeader
                  ? foreign.outline()
                  : foreign.open(path, reader.allInPlace(), reader.rows(), arena);
      Lineage written = Lineage.parse(properties.get(Lineage.KEY));
      Lineage lineage =
          written == null ? source.checked(() -> Lineage.first(properties.get(ID))) : written;
      var file =
          new TableFile(
              path, size, mapping, reader.rows(), columns, properties, foreign, lineage, null);
      if (!asHeader) { // which is not mapped for long
        MappingFault.watch(file, link);
      }
      return file;
    }
  }

  /** The properties that tell one version of a table from another. */
  static Map<String, String> properties(String id, Lineage lineage, Instant created) {
    return Map.of(ID, id, Lineage.KEY, lineage.text(), CREATED, created.toString());
  }

  /** The same file, under another name or at another place among the versions. */
  TableFile as(Path otherPath, Lineage otherLineage) {
    if (otherPath.equals(path) && otherLineage.equals(lineage)) {
      return this;
    }
    var other =
        new TableFile(
            otherPath, size, mapping, rows, columns, properties, foreign, otherLineage, this);
    MappingFault.watchToo(other, this);
    return other;
  }

  /**
   * Checks that the foreign file that columns are read from, if there is one, is what it was.
   *
   * @throws SourceChangedException if it is not
   */
  void checkSource() {
    if (foreign != null) {
      foreign.source().check(path);
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The size of the file in bytes. */
  public long size() {
    return size;
  }

  /** The whole file. */
  MemorySegment mapping() {
    return mapping;
  }

  /** How many rows. */
  public long rows() {
    return rows;
  }

  /** The columns, in order. */
  public List<StoredColumn> columns() {
    return columns;
  }

  /** The columns that were converted on their way in from a foreign file. */
  public List<Conversion> conversions() {
    return foreign == null ? List.of() : foreign.conversions();
  }

  /** The size of the foreign file that columns are read from in place, in bytes, or 0. */
  public long sourceSize() {
    return foreign == null ? 0 : foreign.source().size();
  }

  /** The foreign file that columns are read from in place, as it was when it was checked. */
  @Nullable SourceStamp source() {
    return foreign == null ? null : foreign.source();
  }

  /** What tells this table from any other one that had or will have its name. */
  public String id() {
    return properties.getOrDefault(ID, "");
  }

  /** Where the file stands among the table's versions. */
  Lineage lineage() {
    return lineage;
  }

  /** When the table was written. */
  public Instant created() {
    String created = properties.get(CREATED);
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }
}
