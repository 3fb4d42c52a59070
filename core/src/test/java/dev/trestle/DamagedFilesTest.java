package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.DamagedBytes;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Damaged files through the front door: as mapped foreign ones, and as tables of the store. */
class DamagedFilesTest {
  @TempDir Path folder;
  private final List<byte[]> originals = new ArrayList<>();
  private Store store;

  @BeforeEach
  void open() throws IOException {
    store = Store.open(folder.resolve("store"));
    for (String name : List.of("native", "converted", "deltas", "zstd")) {
      try (var in = DamagedFilesTest.class.getResourceAsStream("/arrow/" + name + ".arrow")) {
        originals.add(in.readAllBytes());
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aFewDamagedForeignFilesAreTablesOrErrors() throws IOException {
    foreign(150, 1);
  }

  @Test
  void aFewDamagedTablesOfTheStoreAreTablesOrErrors() throws IOException {
    ours(150, 2);
  }

  @Test
  @Tag("slow")
  void thousandsOfDamagedForeignFilesAreTablesOrErrors() throws IOException {
    foreign(2000, 3);
  }

  @Test
  @Tag("slow")
  void thousandsOfDamagedTablesOfTheStoreAreTablesOrErrors() throws IOException {
    ours(2000, 4);
  }

  private void foreign(int count, long seed) throws IOException {
    var damaged = new DamagedBytes(originals, seed);
    int tables = 0;
    for (int i = 0; i < count; i++) {
      Path file = Files.write(folder.resolve("foreign.arrow"), damaged.next());
      try {
        SharedTable mapped = store.mapArrow(file);
        try {
          readAll(mapped);
          tables++;
        } finally {
          mapped.drop();
        }
      } catch (StoreException e) {
        // as it should be
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file %d of seed %d".formatted(i, seed), e);
      }
    }
    assertTrue(tables > 0, "no damage was harmless");
  }

  private void ours(int count, long seed) throws IOException {
    Path committed = store.share("t", Tables.everyType(60, 5)).location();
    var damaged = new DamagedBytes(List.of(Files.readAllBytes(committed)), seed);
    Path target = committed.resolveSibling("damaged.arrow");
    int tables = 0;
    for (int i = 0; i < count; i++) {
      Files.deleteIfExists(target); // written over, it would change what is mapped still
      Files.write(target, damaged.next());
      try {
        readAll(store.attach("damaged"));
        tables++;
      } catch (StoreException e) {
        // as it should be
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file %d of seed %d".formatted(i, seed), e);
      }
    }
    Files.delete(target);
    assertTrue(tables > 0, "no damage was harmless");
  }

  private static void readAll(SharedTable shared) {
    Table table;
    try {
      table = shared.table();
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("duplicate name"), e.getMessage());
      return; // Tablesaw's own words for two columns of one name
    }
    for (Column<?> column : table.columns()) {
      for (int row = 0; row < column.size(); row++) {
        try {
          if (!column.isMissing(row)) {
            column.get(row);
          }
        } catch (DateTimeException e) {
          // a value that is no time of day, or no date that Tablesaw can hold
        }
      }
      column.countMissing();
    }
  }
}
