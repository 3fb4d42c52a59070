package dev.trestle;

import dev.trestle.ingest.CsvIngest;
import dev.trestle.ingest.CsvText;
import dev.trestle.ingest.IngestedColumns;
import dev.trestle.ingest.ParquetIngest;
import dev.trestle.ingest.QueryIngest;
import dev.trestle.store.ForeignArrow;
import dev.trestle.store.MappedTable;
import dev.trestle.store.Results;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import dev.trestle.store.TableContent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.List;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The ways into a {@link Store} for what is not a Tablesaw table yet: files and queries. */
abstract sealed class IngestingStore extends ArrayStore permits Store {
  IngestingStore() {}

  /**
   * Reads a delimited file of any size into shared memory, in bounded heap and on every core.
   *
   * <p>Tablesaw's own options decide names, types and missing values.
   *
   * @throws dev.trestle.ingest.CsvFormatException if the file is missing, empty or not well formed
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareCsv(String name, CsvReadOptions options) {
    return shareText(name, CsvText.of(options));
  }

  /**
   * Reads delimited files of any size into one table in shared memory, in bounded heap and on every
   * core: the rows of the first file first.
   *
   * @throws dev.trestle.ingest.CsvFormatException if a file is missing, empty, damaged or not well
   *     formed, or has other columns than the first one; the message names file and line
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareCsv(String name, CsvFiles files) {
    return shareText(name, files.text());
  }

  /**
   * Reads the rows of a query after the cursor into shared memory, in bounded heap; the result set
   * stays open and is the caller's to close.
   *
   * <p>Any JDBC driver will do. Many hold all rows on the heap until told otherwise: {@code
   * statement.setFetchSize(10_000)}, for PostgreSQL with auto-commit off, for MySQL with {@code
   * useCursorFetch=true}.
   *
   * <p>Integers keep their width, unsigned ones get the next wider type, 64-bit unsigned ones
   * become doubles. Decimals without a fraction and up to 18 digits become integers, others
   * doubles: CAST to VARCHAR where every digit counts. Timestamps with a zone become instants,
   * those without one local date-times, both in milliseconds. A NULL is missing, and so are NaN and
   * the empty string, as in any Tablesaw column. Columns without a label are called C0, C1... by
   * their place, and a label that comes twice gets a number.
   *
   * @throws dev.trestle.ingest.QueryException if the database fails midway, or a column is of a
   *     type, or holds a value, that Tablesaw has no place for
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareQuery(String name, ResultSet rows) {
    return ingest(name, 0, spools -> QueryIngest.read(rows, spools));
  }

  /**
   * Reads Parquet files of the same columns into one table in shared memory, on every core: the
   * rows of the first file first. The heap holds a column chunk of one row group a thread.
   *
   * <p>Takes two jars that do not come with Trestle: {@code org.apache.parquet:parquet-hadoop} and
   * {@code org.apache.hadoop:hadoop-client-api}.
   *
   * <p>Integers keep their width, unsigned ones get the next wider type, 64-bit unsigned ones
   * become doubles. Decimals without a fraction and up to 18 digits become integers, others
   * doubles. Timestamps adjusted to UTC become instants, others local date-times, all in
   * milliseconds. A null is missing, and so are NaN and the empty string, as in any Tablesaw
   * column.
   *
   * @throws dev.trestle.ingest.ParquetException if a file is missing, damaged, or has a column that
   *     Tablesaw cannot hold (nested ones, bytes) or other columns than the first file; or if the
   *     two jars are missing
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareParquet(String name, Path... files) {
    return shareParquet(name, List.of(files));
  }

  /** As {@link #shareParquet(String, Path...)}. */
  public SharedTable shareParquet(String name, List<Path> files) {
    return ingest(
        name, ParquetIngest.expectedBytes(files), spools -> ParquetIngest.read(files, spools));
  }

  private SharedTable shareText(String name, CsvText text) {
    return ingest(name, text.expectedBytes(), spools -> CsvIngest.read(text, spools));
  }

  /** Reads something into columns in a folder with room for it. */
  private interface Ingest {
    IngestedColumns into(Path spoolFolder) throws IOException;
  }

  private SharedTable ingest(String name, long expectedBytes, Ingest source) {
    catalogue().checkFree(name);
    StoreFolder scratch = catalogue().scratch(name, expectedBytes);
    try (IngestedColumns columns = source.into(scratch.path())) {
      return commit(name, TableContent.of(columns.rows(), columns.columns()));
    } catch (IOException e) {
      throw catalogue().failure(name, scratch, expectedBytes, e);
    }
  }

  /**
   * Puts an Arrow IPC file (Feather version 2) of any origin into the catalogue under a name. Its
   * rows stay where they are: the file is mapped in place, and must not change while the table is
   * there.
   *
   * <p>Columns of types that Tablesaw does not have, and compressed ones, are converted once, into
   * the store; {@link SharedTable#conversions} tells which. Decimals without a fraction and up to
   * 18 digits become longs, others doubles. What is missing in Tablesaw is missing in a mapped
   * column, too: the smallest short, int or long, NaN, and the empty string.
   *
   * @param columns the columns to take, in this order; none for all
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room for what is converted
   * @throws StoreException if it is no such file or a damaged one, or if a column is of a type that
   *     no Tablesaw column can hold
   */
  public SharedTable shareArrow(String name, Path file, String... columns) {
    catalogue().checkFree(name);
    try (ForeignArrow source = foreign(name, file, columns)) {
      return commit(name, source);
    }
  }

  /**
   * Maps an Arrow IPC file (Feather version 2) of any origin in place, as {@link #shareArrow} does,
   * without a name in the catalogue. The table is called as the file is, without its extension;
   * workers can use it. What had to be converted goes when it is dropped, or with the store.
   *
   * @param columns the columns to take, in this order; none for all
   * @throws dev.trestle.store.StoreFullException if there is no room for what is converted
   * @throws StoreException if it is no such file or a damaged one, or if a column is of a type that
   *     no Tablesaw column can hold
   */
  public SharedTable mapArrow(Path file, String... columns) {
    String name = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    try (ForeignArrow source = foreign(name, file, columns)) {
      return attached(Results.open(name, catalogue().results().write("mapped", source)));
    }
  }

  private ForeignArrow foreign(String name, Path file, String... columns) {
    return ForeignArrow.open(file, List.of(columns), catalogue().scratch(name, 0).path());
  }

  SharedTable commit(String name, TableContent content) {
    return attached(catalogue().commit(name, content));
  }

  SharedTable attached(MappedTable table) {
    return new SharedTable(catalogue(), table);
  }
}
