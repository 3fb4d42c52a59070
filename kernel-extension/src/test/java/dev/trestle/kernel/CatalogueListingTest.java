package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.SharedArray;
import dev.trestle.SharedTable;
import dev.trestle.Store;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class CatalogueListingTest {
  private static final Table NUMBERS =
      Table.create("numbers", IntColumn.create("n", new int[] {7, 8, 9}));

  @TempDir Path folder;

  private static CatalogueListing listing(Store store) {
    return new CatalogueListing(store.tables(), store.arrays(), Readers.of(List.of()));
  }

  @Test
  void tablesAndArraysAreListedWithOwnerVersionAgeAndReaders() throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable table = store.share("numbers", NUMBERS);
      SharedTable replaced = store.replace("numbers", NUMBERS);
      store.keep("numbers");
      SharedArray array = store.array("m", short.class, 3, 4);
      Fragment html = Fragment.of(listing(store).html());
      List<String> cells = html.texts("td");
      assertEquals(List.of("numbers", "3", "1"), cells.subList(0, 3));
      assertEquals(List.of("kept", "2"), cells.subList(5, 7));
      assertTrue(cells.get(7).matches("\\d+ (second|minute)s?"), cells.get(7));
      assertEquals(List.of("this kernel", "m", "short", "(3, 4)"), cells.subList(8, 12));
      assertEquals("this kernel", cells.get(14));
      assertEquals("this kernel", cells.get(16));
      assertTrue(html.texts("th").containsAll(List.of("owner", "version", "age", "mapped by")));
      Reference.reachabilityFence(List.of(table, replaced, array));
      store.drop("numbers");
    }
  }

  @Test
  void theTextHasTheSameLines() {
    try (Store store = Store.open(folder.resolve("store"))) {
      store.share("numbers", NUMBERS);
      store.array("m", short.class, 3, 4);
      List<String> lines = listing(store).text().lines().toList();
      assertTrue(lines.get(0).startsWith("shared table  rows  columns"), lines.get(0));
      assertTrue(lines.get(1).startsWith("numbers          3        1"), lines.get(1));
      assertTrue(lines.get(3).startsWith("shared array  type   shape "), lines.get(3));
    }
  }

  @Test
  void whatThereIsNoneOfHasNoHeadings() {
    try (Store store = Store.open(folder.resolve("store"))) {
      store.array("m", short.class, 3, 4);
      assertFalse(listing(store).text().contains("shared table"));
    }
  }

  @Test
  void whatIsDamagedIsListedApartWithWhatIsWrong() throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      store.share("numbers", NUMBERS);
      Files.write(store.share("cut", NUMBERS).location(), new byte[100]);
      Files.write(store.array("m", short.class, 3, 4).location(), new byte[100]);
      Fragment html = Fragment.of(listing(store).html());
      List<String> cells = html.texts("td");
      assertEquals(List.of("numbers", "3", "1"), cells.subList(0, 3));
      assertEquals(9 + 2 * 6, cells.size());
      assertEquals(List.of("cut", "100 B"), cells.subList(9, 11));
      assertTrue(cells.get(14).contains("cut.arrow is damaged: "), cells.get(14));
      assertEquals("m", cells.get(15));
      assertTrue(cells.get(20).contains("m.npy is not a .npy file"), cells.get(20));
      assertFalse(html.texts("th").contains("shared array"));
    }
  }
}
