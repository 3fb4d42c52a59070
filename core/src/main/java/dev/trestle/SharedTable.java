package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.DelimitedText;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Conversion;
import dev.trestle.store.MappedTable;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.TableReference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A table in shared memory, attached to this JVM.
 *
 * <p>Cheap to hold and to send: captured by a task it travels as a name and is attached again in
 * the worker, without a copy. What it refers to never changes; dropping the table or sharing
 * another one under its name does not touch this one while it is attached, here or in a worker that
 * it was sent to. A {@link #slice} is one too, of some of the rows. Safe for use by several
 * threads.
 */
public final class SharedTable implements Serializable {
  private final String name;

  /** Null in a JVM that has no store open on the table's folder. */
  private final transient @Nullable Catalogue catalogue;

  private final transient MappedTable mapped;
  private final transient MappedColumns columns;
  private final transient long from;
  private final transient long rows;
  private transient volatile @Nullable Table table;

  SharedTable(@Nullable Catalogue catalogue, MappedTable mapped) {
    this(catalogue, mapped, new MappedColumns(mapped), 0, mapped.rows());
  }

  private SharedTable(
      @Nullable Catalogue catalogue,
      MappedTable mapped,
      MappedColumns columns,
      long from,
      long rows) {
    this.name = mapped.name();
    this.catalogue = catalogue;
    this.mapped = mapped;
    this.columns = columns;
    this.from = from;
    this.rows = rows;
  }

  /** The name it was shared under. */
  public String name() {
    return name;
  }

  /** How many rows; of a slice, its own. */
  public long rowCount() {
    return rows;
  }

  /** The columns' names, in order. */
  public List<String> columnNames() {
    return mapped.columns().stream().map(StoredColumn::name).toList();
  }

  /** Bytes in shared memory, once for all processes; of a slice, those of the whole table. */
  public long bytes() {
    return mapped.bytes();
  }

  /**
   * Bytes that one column has in shared memory, once for all processes; of a slice, those of the
   * whole table.
   *
   * @throws StoreException if there is no such column
   */
  public long bytes(String column) {
    return stored(column).bytes();
  }

  /**
   * How many distinct strings the column's dictionary has; empty if the column has none, or several
   * since rows were appended.
   *
   * @throws StoreException if there is no such column
   */
  public OptionalLong dictionarySize(String column) {
    return stored(column).dictionarySize();
  }

  private StoredColumn stored(String column) {
    return mapped.columns().stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .orElseThrow(() -> noColumn(column));
  }

  /** Says that there is no such column, and which there are. */
  StoreException noColumn(String column) {
    return new StoreException(
        "table '%s' has no column '%s'; it has %s".formatted(name, column, columnNames()));
  }

  /** The columns of a foreign Arrow file that were converted, and what that cost. */
  public List<Conversion> conversions() {
    return mapped.conversions();
  }

  /** The file that holds it; of a table that was appended to, the one with the newest rows. */
  public Path location() {
    return mapped.location();
  }

  /**
   * The Arrow files that hold it, in the order of their rows, for readers in other languages: one,
   * and one more for each append since it was shared or replaced. As they were called when it was
   * attached: once it is replaced, appended to or dropped, attach it again and ask again.
   */
  public List<Path> files() {
    return mapped.paths();
  }

  /** 1 when the table was new, and one more for each time it was replaced or appended to. */
  public long version() {
    return mapped.version();
  }

  /** Whether the table of this name stays when its session ends; see {@link #keep}. */
  public boolean isKept() {
    return catalogue().isKept(name);
  }

  /**
   * Makes the table stay when its session has ended, see {@link Store#keep}: in {@code /dev/shm}
   * not through a restart of the machine, for which there is {@link #keepOnDisk}.
   *
   * @return this table
   */
  public SharedTable keep() {
    catalogue().keep(name);
    return this;
  }

  /**
   * Makes the table stay through a restart of the machine, see {@link Store#keepOnDisk}.
   *
   * @return this table, which reads the memory that it read before; attach it to read the copy
   */
  public SharedTable keepOnDisk() {
    return MappingFault.explaining(() -> {
      catalogue().keepOnDisk(name);
      return this;
    });
  }

  /**
   * Adds rows to the table of this name, see {@link Store#append}; this version does not change.
   *
   * @param rows with the same columns
   * @return the new version
   */
  public SharedTable append(Table rows) {
    return MappingFault.explaining(
        () -> new SharedTable(catalogue(), catalogue().append(name, ColumnEncoder.content(rows))));
  }

  private Catalogue catalogue() {
    if (catalogue == null) {
      throw new StoreException(
          "table '%s' lies in %s, which this JVM has no store open on; attach it from one:"
                  .formatted(name, location().getParent())
              + " Store.open(folder).attach(name)");
    }
    return catalogue;
  }

  /**
   * Some of the rows as a table of their own, which shares the memory. Nothing is copied.
   *
   * @param from the first row, counted from 0 in this table
   * @param rows how many
   * @throws StoreException if the range does not lie in this table
   */
  public SharedTable slice(long from, long rows) {
    if (from < 0 || rows < 0 || from > this.rows - rows) {
      throw new StoreException(
          "%,d rows from row %,d on asked for, and table '%s' has %,d"
              .formatted(rows, from, name, this.rows));
    }
    return new SharedTable(catalogue, mapped, columns, this.from + from, rows);
  }

  /**
   * Cuts the table into slices of nearly equal numbers of rows, in order: work for workers, or what
   * a Tablesaw table can hold.
   *
   * @param n how many; fewer come back if there are fewer rows, as none is empty
   * @throws IllegalArgumentException if n is not at least 1
   */
  public List<SharedTable> partitions(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("at least 1 partition, not " + n);
    }
    int parts = (int) Math.min(n, rows);
    long each = parts == 0 ? 0 : rows / parts;
    long longer = parts == 0 ? 0 : rows % parts; // the first ones have a row more
    return IntStream.range(0, parts)
        .mapToObj(i -> slice(i * each + Math.min(i, longer), each + (i < longer ? 1 : 0)))
        .toList();
  }

  /**
   * A real Tablesaw table whose columns read the shared memory: the same one at each call.
   *
   * <p>Nothing is copied. Columns can be added to it and taken from it, as to any Tablesaw table;
   * the shared ones refuse to be changed, {@code copy()} gives some that can. A copy takes heap
   * when it is first changed; that of a string column at once, as Tablesaw's {@code
   * StringColumn.copy()} sets row after row of a column that it makes itself.
   *
   * @throws StoreException if there are more rows than a Tablesaw table can count: take a {@link
   *     #slice} or {@link #partitions}
   */
  public Table table() {
    Table known = table;
    if (known == null) {
      known = TableViews.remember(catalogue, mapped, from, rows, view());
      table = known;
    }
    return known;
  }

  /** A Tablesaw table of all rows that nobody else has changed. */
  Table view() {
    return view(0, tablesawRows());
  }

  /**
   * A Tablesaw table of a range of these rows, reading the shared memory.
   *
   * @param from the first row
   * @param rows how many
   */
  Table view(long from, int rows) {
    return Table.create(name, columns.rows(this.from + from, rows));
  }

  /**
   * Writes the table as delimited text in UTF-8: a header line, then the rows. Uses every core.
   *
   * <p>The file appears whole or not at all.
   *
   * @param separator between cells; a tab for TSV
   * @throws IOException if it cannot be written
   */
  public void writeCsv(Path target, char separator) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "." + target.getFileName(), ".tmp");
    temporary.toFile().deleteOnExit(); // Ctrl-C
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
        if (rows <= Integer.MAX_VALUE) {
          DelimitedText.write(table(), out, separator);
        } else {
          writeInParts(out, separator);
        }
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void writeInParts(OutputStream out, char separator) throws IOException {
    DelimitedText.writeHeader(view(0, 0), out, separator);
    for (SharedTable part : partitions(Math.toIntExact(rows / Integer.MAX_VALUE + 1))) {
      DelimitedText.writeRows(part.view(), out, separator);
    }
  }

  /**
   * Removes this table from the store, also if this is a slice of it; another one that has its name
   * by now stays. Whoever has it attached keeps it, and the space comes free when the last one lets
   * go.
   *
   * @return whether it was still there
   */
  public boolean drop() {
    return catalogue().drop(mapped);
  }

  /** The name and shape, not the rows; and what was converted. */
  @Override
  public String toString() {
    String range =
        rows == mapped.rows() ? "" : " (from row %,d of %,d)".formatted(from, mapped.rows());
    String shape =
        "SharedTable %s: %,d rows%s x %d columns, %,d bytes in %s"
            .formatted(name, rows, range, mapped.columns().size(), bytes(), location().getParent());
    List<Conversion> converted = conversions();
    return converted.isEmpty()
        ? shape
        : "%s; %d columns converted (%,d bytes in %.2f s): %s"
            .formatted(
                shape,
                converted.size(),
                converted.stream().mapToLong(Conversion::bytes).sum(),
                converted.stream().mapToDouble(Conversion::seconds).sum(),
                String.join(", ", converted.stream().map(Conversion::column).toList()));
  }

  private int tablesawRows() {
    if (rows > Integer.MAX_VALUE) {
      throw new StoreException(
          "table '%s' has %,d rows, and a Tablesaw table at most %,d; take some of them:"
                  .formatted(name, rows, Integer.MAX_VALUE)
              + " slice(from, rows).table(), or partitions(n) for all");
    }
    return (int) rows;
  }

  private Object writeReplace() {
    TableReference reference =
        catalogue == null ? TableReference.to(mapped, "") : catalogue.reference(mapped);
    return new Handle(reference, from, rows);
  }

  /** What travels: enough to find the very same version again. */
  private record Handle(TableReference reference, long from, long rows) implements Serializable {
    private Object readResolve() {
      Catalogue known = Store.catalogueOf(reference.folder());
      MappedTable mapped = known == null ? Catalogue.openAlone(reference) : known.open(reference);
      return new SharedTable(known, mapped).slice(from, rows);
    }
  }
}
