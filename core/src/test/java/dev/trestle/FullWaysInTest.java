package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.StoreFullException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * What comes from files and queries, on a real file system that has room for less than it needs: of
 * bytes, and of inodes, one at a time. Needs the right to mount one.
 */
class FullWaysInTest {
  private static final int ROWS = 20_000;

  @TempDir Path temporary;
  private SmallFileSystem small;

  @FunctionalInterface
  private interface WayIn {
    SharedTable into(Store store) throws Exception;
  }

  @BeforeEach
  void mount() throws Exception {
    small = SmallFileSystem.mount(temporary.resolve("small"), 4, 60);
  }

  @AfterEach
  void unmount() throws Exception {
    if (small != null) {
      small.close();
    }
  }

  @Test
  void delimitedText() throws Exception {
    Path file = Files.writeString(temporary.resolve("t.csv"), text());
    untilThereIsRoom(s -> s.shareCsv("t", CsvReadOptions.builder(file.toFile()).build()));
  }

  /** How much it unpacks to is not known before. */
  @Test
  void compressedText() throws Exception {
    Path file = temporary.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text().getBytes());
    }
    untilThereIsRoom(s -> s.shareCsv("t", CsvReadOptions.builder(file.toFile()).build()));
  }

  @Test
  void aQueryOfWhichNobodyKnowsTheSize() throws Exception {
    try (var database = DriverManager.getConnection("jdbc:h2:mem:");
        var statement = database.createStatement()) {
      untilThereIsRoom(s -> {
        String query =
            "select x, 'text number ' || x * 7919 from system_range(1, %d)".formatted(ROWS);
        try (var rows = statement.executeQuery(query)) {
          return s.shareQuery("t", rows);
        }
      });
    }
  }

  @Test
  void aCompressedArrowFile() throws Exception {
    Path file = temporary.resolve("zstd.arrow");
    try (InputStream in = FullWaysInTest.class.getResourceAsStream("/arrow/zstd.arrow")) {
      Files.write(file, in.readAllBytes());
    }
    untilThereIsRoom(s -> s.shareArrow("t", file));
    untilThereIsRoom(s -> s.mapArrow(file));
  }

  private static String text() {
    var text = new StringBuilder("n,few,many\n");
    for (int i = 0; i < ROWS; i++) {
      text.append("%d,w%d,text number %d\n".formatted(i, i % 9, i * 7919));
    }
    return text.toString();
  }

  private void untilThereIsRoom(WayIn way) throws Exception {
    int pages = 0;
    while (!fits(way, small::takePages, pages)) {
      pages += 1 + pages / 8;
    }
    assertTrue(pages > 3, "there was room all the time");
    int inodes = 0;
    while (!fits(way, small::takeInodes, inodes)) {
      inodes++;
    }
    assertTrue(inodes > 0, "there was room all the time");
  }

  @FunctionalInterface
  private interface Shortage {
    void allBut(int room) throws IOException;
  }

  /** Returns whether there was room; if not, nothing may be left. */
  private boolean fits(WayIn way, Shortage taken, int room) throws Exception {
    Path folder = small.path().resolve("store");
    try (Store store = Store.open(folder)) {
      taken.allBut(room);
      SharedTable table = way.into(store);
      assertTrue(table.rowCount() > 1000);
      table.drop();
      return true;
    } catch (StoreFullException e) {
      assertTrue(("" + e.getMessage()).contains(" free"), e.getMessage());
      return false;
    } finally {
      small.clear();
      assertEquals(List.of(), List.of(folder.toFile().list()));
    }
  }
}
