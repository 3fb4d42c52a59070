package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Tables;
import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class ConcatenationTest {
  @TempDir Path folder;
  private Catalogue catalogue;

  @BeforeEach
  void open() {
    catalogue = Catalogue.open(List.of(StoreFolder.open(folder.resolve("store"))));
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @Test
  void partsOfAnyLengthFollowEachOther() throws IOException {
    List<Table> parts = new ArrayList<>();
    for (int rows : new int[] {0, 1, 7, 8, 0, 13, 64, 1, 0}) {
      parts.add(Tables.everyType(rows, rows));
    }
    assertSameRows(parts, concatenate(parts));
  }

  @Test
  void partsWithoutMissingValuesStandBesidePartsWithThem() throws IOException {
    List<Table> parts =
        List.of(
            Table.create(IntColumn.create("n", new int[] {1, 2, 3})),
            Table.create(IntColumn.create("n", 2)), // two missing values
            Table.create(IntColumn.create("n", new int[] {4})));
    Table whole = concatenate(parts);
    assertSameRows(parts, whole);
    assertEquals(2, whole.column(0).countMissing());
  }

  @Test
  void stringsWithAndWithoutADictionaryBecomeOneColumn() throws IOException {
    var text = StringColumn.create("s");
    for (int i = 0; i < 70_000; i++) {
      text.append("text " + i);
    }
    text.appendMissing();
    List<Table> parts =
        List.of(
            Table.create(StringColumn.create("s", "a", "", "a")),
            Table.create(text),
            Table.create(StringColumn.create("s")),
            Table.create(StringColumn.create("s", "b")));
    Table whole = concatenate(parts);
    assertSameRows(parts, whole);
    assertEquals(2, whole.column(0).countMissing());
  }

  @Test
  void partsOfDifferentTypesAreRefusedAndRemoved() throws IOException {
    List<Path> paths =
        write(
            List.of(
                Table.create(IntColumn.create("n", 1)), Table.create(StringColumn.create("n"))));
    var refused = assertThrows(StoreException.class, () -> new Concatenation(paths));
    assertTrue(refused.getMessage().contains("[n INT] and [n STRING]"), refused.getMessage());
    for (Path path : paths) {
      assertTrue(Files.notExists(path));
    }
  }

  private List<Path> write(List<Table> parts) {
    return parts.stream()
        .map(part -> catalogue.results().write("test", ColumnEncoder.content(part)))
        .toList();
  }

  private Table concatenate(List<Table> parts) throws IOException {
    List<Path> paths = write(parts);
    try (var whole = new Concatenation(paths)) {
      MappedTable file = catalogue.commit("whole", whole);
      for (Path path : paths) {
        assertTrue(Files.notExists(path));
      }
      return Table.create(new MappedColumns(file).rows(0, (int) file.rows()));
    }
  }

  private static void assertSameRows(List<Table> parts, Table whole) {
    assertEquals(parts.stream().mapToInt(Table::rowCount).sum(), whole.rowCount());
    for (int i = 0; i < whole.columnCount(); i++) {
      List<Object> wanted = new ArrayList<>();
      for (Table part : parts) {
        wanted.addAll(part.column(i).asList());
      }
      Column<?> found = whole.column(i);
      assertEquals(wanted, found.asList(), found.name());
    }
  }
}
