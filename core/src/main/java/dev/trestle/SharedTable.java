package dev.trestle;

import dev.trestle.column.DelimitedText;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Conversion;
import dev.trestle.store.MappedTable;
import dev.trestle.store.NoSuchTableException;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.TableFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A table in shared memory, attached to this JVM.
 *
 * <p>Cheap to hold and to send: captured by a task it travels as a name and is attached again in
 * the worker, without a copy. What it refers to never changes; dropping the table or sharing
 * another one under its name does not touch this one while it is attached. Safe for use by several
 * threads.
 */
public final class SharedTable implements Serializable {
  private final String name;
  private final transient MappedTable mapped;
  private final transient MappedColumns columns;
  private transient volatile @Nullable Table table;

  SharedTable(MappedTable mapped) {
    this.name = mapped.name();
    this.mapped = mapped;
    this.columns = new MappedColumns(mapped);
  }

  /** The name it was shared under. */
  public String name() {
    return name;
  }

  /** How many rows. */
  public long rowCount() {
    return mapped.rows();
  }

  /** The columns' names, in order. */
  public List<String> columnNames() {
    return mapped.columns().stream().map(StoredColumn::name).toList();
  }

  /** Bytes in shared memory, once for all processes. */
  public long bytes() {
    return mapped.bytes();
  }

  /** The columns of a foreign Arrow file that were converted, and what that cost. */
  public List<Conversion> conversions() {
    return mapped.conversions();
  }

  /** The file that holds it. */
  public Path location() {
    return mapped.location();
  }

  /**
   * A real Tablesaw table whose columns read the shared memory: the same one at each call.
   *
   * <p>Nothing is copied. Columns can be added to it and taken from it, as to any Tablesaw table;
   * the shared ones refuse to be changed, {@code copy()} gives some that can.
   *
   * @throws StoreException if there are more rows than a Tablesaw table can count
   */
  public Table table() {
    Table known = table;
    if (known == null) {
      known = TableViews.remember(mapped, view());
      table = known;
    }
    return known;
  }

  /** A Tablesaw table of all rows that nobody else has changed. */
  Table view() {
    return view(0, rows());
  }

  /**
   * A Tablesaw table of a range of the rows, reading the shared memory.
   *
   * @param from the first row
   * @param rows how many
   */
  Table view(long from, int rows) {
    return Table.create(name, columns.rows(from, rows));
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
        DelimitedText.write(table(), out, separator);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Removes this table from the store; another one that has its name by now stays. Whoever has it
   * attached keeps it, and the space comes free when the last one lets go.
   *
   * @return whether it was still there
   */
  public boolean drop() {
    try {
      return TableFile.header(mapped.location()).id().equals(mapped.id())
          && Files.deleteIfExists(mapped.location());
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new StoreException("cannot drop table '" + name + "': " + e, e);
    }
  }

  /** The name and shape, not the rows; and what was converted. */
  @Override
  public String toString() {
    String shape =
        "SharedTable %s: %,d rows x %d columns, %,d bytes in %s"
            .formatted(name, rowCount(), mapped.columns().size(), bytes(), location().getParent());
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

  private int rows() {
    if (mapped.rows() > Integer.MAX_VALUE) {
      throw new StoreException(
          "table '%s' has %,d rows; a Tablesaw table has at most %,d"
              .formatted(name, mapped.rows(), Integer.MAX_VALUE));
    }
    return (int) mapped.rows();
  }

  private Object writeReplace() {
    return new Handle(name, mapped.location().toString(), mapped.id());
  }

  /** What travels: enough to find the very same table again. */
  private record Handle(String name, String path, String id) implements Serializable {
    private Object readResolve() {
      try {
        MappedTable mapped = Catalogue.openAt(name, Path.of(path));
        if (!mapped.id().equals(id)) {
          throw new NoSuchTableException(
              "table '%s' has been replaced by another one of that name since it was sent; attach it"
                      .formatted(name)
                  + " again: Trestle.attach(\""
                  + name
                  + "\")");
        }
        return new SharedTable(mapped);
      } catch (NoSuchFileException e) {
        throw new NoSuchTableException(
            "table '%s' was dropped before it could be attached here (%s)".formatted(name, path));
      } catch (IOException e) {
        throw new StoreException("cannot attach table '" + name + "': " + e, e);
      }
    }
  }
}
