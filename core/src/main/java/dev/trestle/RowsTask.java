package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.Groups;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.worker.PartFailedException;
import dev.trestle.worker.WorkerTask;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * In the worker: computes a value for each row of a range.
 *
 * @param type the name of the new column's type; null to go by the first value
 * @param tag marks the files
 */
record RowsTask(SharedTable table, @Nullable String type, RowTask<?> task, String tag)
    implements WorkerTask<Groups.Group, RowsTask.Part> {
  static final String NAME = "value";

  /**
   * The values of a range.
   *
   * @param type the type that they turned out to have; null, as the path, if all are missing
   */
  record Part(@Nullable String type, @Nullable String path) implements Serializable {

    /** The file, which is written here if all values are missing. */
    Path path(String typeOfAll, int rows, Catalogue catalogue, TableCourier carried) {
      if (path != null) {
        return Path.of(path);
      }
      Column<?> missing = ColumnType.valueOf(typeOfAll).create(NAME);
      for (int i = 0; i < rows; i++) {
        missing.appendMissing();
      }
      carried.disturbed();
      return catalogue.results().write(carried.tag(), ColumnEncoder.content(Table.create(missing)));
    }
  }

  @Override
  public Part run(Groups.Group range) throws Exception {
    Column<?> values = type == null ? null : ColumnType.valueOf(type).create(NAME);
    int number = 0;
    int missing = 0;
    for (Row row : table.view(range.first(), range.count())) {
      try {
        Object value = task.apply(row);
        if (value == null && values == null) {
          missing++;
        } else if (values == null) {
          values = typeOf(value).create(NAME);
          for (int i = 0; i < missing; i++) {
            values.appendMissing();
          }
        }
        if (values != null) {
          append(values, value);
        }
      } catch (Exception | StackOverflowError e) {
        throw new PartFailedException(number, e);
      } catch (InternalError e) {
        throw new PartFailedException(number, MappingFault.explain(e));
      }
      number++;
    }
    if (values == null) {
      return new Part(null, null);
    }
    Path path =
        Trestle.store()
            .catalogue()
            .results()
            .write(tag, ColumnEncoder.content(Table.create(values)));
    return new Part(values.type().name(), path.toString());
  }

  private static void append(Column<?> values, @Nullable Object value) {
    if (value == null) {
      values.appendMissing();
      return;
    }
    if (!typeOf(value).equals(values.type())) {
      throw new StoreException(
          "a %s cannot be put into a column of type %s; let the task return the same type for all"
                  .formatted(value.getClass().getSimpleName(), values.type().name())
              + " rows");
    }
    values.appendObj(value);
  }

  private static ColumnType typeOf(@Nullable Object value) {
    return switch (value) {
      case Integer i -> ColumnType.INTEGER;
      case Long l -> ColumnType.LONG;
      case Short s -> ColumnType.SHORT;
      case Double d -> ColumnType.DOUBLE;
      case Float f -> ColumnType.FLOAT;
      case Boolean b -> ColumnType.BOOLEAN;
      case String s -> ColumnType.STRING;
      case LocalDate d -> ColumnType.LOCAL_DATE;
      case LocalTime t -> ColumnType.LOCAL_TIME;
      case LocalDateTime t -> ColumnType.LOCAL_DATE_TIME;
      case Instant i -> ColumnType.INSTANT;
      case null, default ->
          throw new StoreException(
              "a column cannot hold %s; return a number, text, a boolean, a date or a time"
                  .formatted(value == null ? "null" : value.getClass().getName()));
    };
  }
}
