package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  static final String SESSION = "trestle.session";
  static final String CREATED = "trestle.created";

  private final Path path;
  private final long size;
  private final long rows;
  private final List<StoredColumn> columns;
  private final Map<String, String> properties;
  private final @Nullable ForeignHead foreign;

  private TableFile(
      Path path,
      long size,
      long rows,
      List<StoredColumn> columns,
      Map<String, String> properties,
      @Nullable ForeignHead foreign) {
    this.path = path;
    this.size = size;
    this.rows = rows;
    this.columns = List.copyOf(columns);
    this.properties = properties;
    this.foreign = foreign;
    MappingFault.watch(this);
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

  /**
   * All but the rows: the file is not mapped any more when this returns, and a foreign file that it
   * reads columns from is not looked at.
   *
   * @throws StoreException as {@link #open(Path)}
   * @throws NoSuchFileException if it is not there
   */
  public static TableFile header(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return open(path, arena, true);
    }
  }

  /** As {@link #open(Path)}, mapped for as long as the arena lives. */
  static TableFile open(Path path, Arena arena) throws IOException {
    return open(path, arena, false);
  }

  private static TableFile open(Path path, Arena arena, boolean asHeader) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
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
      return new TableFile(path, size, reader.rows(), columns, properties, foreign);
    }
  }

  /** The properties that tell one version of a table from another, and whose it is. */
  static Map<String, String> properties(String id, String session, Instant created) {
    return Map.of(ID, id, SESSION, session, CREATED, created.toString());
  }

  /** Gives the file another name in its folder; it stays mapped. */
  TableFile moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    return new TableFile(target, size, rows, columns, properties, foreign);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The size of the file in bytes. */
  public long size() {
    return size;
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

  /** What tells this table from any other one that had or will have its name. */
  public String id() {
    return properties.getOrDefault(ID, "");
  }

  /** The session that the table belongs to. */
  String session() {
    return properties.getOrDefault(SESSION, "");
  }

  /** When the table was written. */
  public Instant created() {
    String created = properties.get(CREATED);
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }
}
