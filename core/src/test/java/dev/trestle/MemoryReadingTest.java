package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.array.ElementType;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What the report says of a real store. */
class MemoryReadingTest {
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Table numbers(int rows) {
    return Table.create("t", IntColumn.indexColumn("n", rows, 0));
  }

  private Path foreign(String name) throws IOException {
    try (var in = MemoryReadingTest.class.getResourceAsStream("/arrow/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  @Test
  void anArrayHasALineWithWhoMapsIt() throws IOException {
    SharedArray array = store.array("a", short.class, 100, 7);
    List<ArrayLine> lines = store.memory().arrays();
    long bytes = Files.size(array.location());
    assertEquals(
        List.of(new ArrayLine("a", ElementType.SHORT, "(100, 7)", bytes, List.of(SELF))), lines);
    assertEquals(bytes, store.memory().sharedBytes());
    Reference.reachabilityFence(array);
  }

  @Test
  void aReplacedTableIsAFormerVersionAsLongAsItIsRead() {
    SharedTable first = store.share("t", numbers(10_000));
    assertEquals(0, store.memory().formerBytes());
    SharedTable second = store.replace("t", numbers(10));
    assertEquals(first.bytes(), store.memory().formerBytes());
    Reference.reachabilityFence(List.of(first, second));
  }

  @Test
  void aDroppedTableIsOneToo() {
    SharedTable table = store.share("t", numbers(10_000));
    table.drop();
    assertEquals(table.bytes(), store.memory().formerBytes());
    Reference.reachabilityFence(table);
  }

  @Test
  void rowsThatWereAppendedToBelongToTheCurrentVersion() {
    SharedTable first = store.share("t", numbers(10_000));
    SharedTable second = store.append("t", numbers(10));
    MemoryReport report = store.memory();
    assertEquals(0, report.formerBytes());
    assertEquals(second.bytes(), report.tables().getFirst().bytes());
    Reference.reachabilityFence(List.of(first, second));
  }

  @Test
  void aReplacedArrayIsAFormerVersionAsLongAsItIsMapped() throws IOException {
    SharedArray first = store.array("a", double.class, 100_000);
    long bytes = Files.size(first.location());
    SharedArray second = store.replaceArray("a", ElementType.DOUBLE, 1);
    long former = store.memory().formerBytes();
    assertTrue(former >= bytes && former < bytes + (1 << 16), "whole pages: " + former);
    Reference.reachabilityFence(List.of(first, second));
  }

  @Test
  void aForeignFileStandsUnderItsTableAlsoAfterAnAppend() throws IOException {
    Path file = foreign("native.arrow");
    SharedTable table = store.shareArrow("f", file, "int");
    TableLine line = store.memory().tables().getFirst();
    assertEquals(
        List.of(new MemoryReport.SourceLine(file, Files.size(file), List.of(SELF))),
        line.sources());
    assertEquals(table.bytes(), line.bytes());
    SharedTable longer = store.append("f", Table.create("f", IntColumn.create("int", 1, 2)));
    TableLine after = store.memory().tables().getFirst();
    assertEquals(line.sources(), after.sources());
    assertEquals(longer.bytes(), after.bytes());
    Reference.reachabilityFence(List.of(table, longer));
  }

  @Test
  void convertedColumnsAreNamed() throws IOException {
    SharedTable table = store.shareArrow("f", foreign("converted.arrow"), "int8", "uint8");
    TableLine line = store.memory().tables().getFirst();
    assertEquals(table.conversions(), line.conversions());
    assertTrue(line.converted().startsWith("2 columns converted ("), line.converted());
    assertTrue(line.converted().endsWith("): int8, uint8"), line.converted());
  }
}
