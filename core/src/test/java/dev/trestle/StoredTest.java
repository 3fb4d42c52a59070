package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.array.ElementType;
import dev.trestle.store.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue's lines, as JShell prints them. */
class StoredTest {
  private static final Path FILE = Path.of("/dev/shm/t.arrow");
  private static final Instant THEN = Instant.now().minus(Duration.ofMinutes(185));

  @Test
  void aTableIsALine() {
    assertEquals(
        "genome: 4,000,000 rows x 34 columns, 152 MiB in memory, pid 42, 3 hours old,"
            + " mapped by 2 processes",
        new StoredTable(
                "genome",
                4_000_000,
                34,
                1,
                new Entry.Place(List.of(FILE), 152 << 20, true, false, 42, THEN),
                List.of(7L, 8L),
                null)
            .toString());
  }

  @Test
  void aKeptTableOfALaterVersionSaysSo() {
    assertEquals(
        "t: 1 row x 1 column, version 3, 17 B on disk, kept, 3 hours old, mapped by nobody",
        new StoredTable(
                "t",
                1,
                1,
                3,
                new Entry.Place(List.of(FILE), 17, false, true, 0, THEN),
                List.of(),
                null)
            .toString());
  }

  @Test
  void anArrayIsALine() {
    assertEquals(
        "a: unsigned byte (3, 4), 140 B in memory, an ended session's, 3 hours old,"
            + " mapped by 1 process",
        new StoredArray(
                "a",
                ElementType.UNSIGNED_BYTE,
                "(3, 4)",
                new Entry.Place(List.of(FILE), 140, true, false, 0, THEN),
                List.of(7L),
                null)
            .toString());
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 seconds",
    "1, 1 second",
    "119, 119 seconds",
    "120, 2 minutes",
    "7199, 119 minutes",
    "7200, 2 hours",
    "172799, 47 hours",
    "172800, 2 days"
  })
  void anAgeIsGivenInTheLargestUnitOfWhichThereAreTwo(long seconds, String words) {
    assertEquals(words, Age.words(Duration.ofSeconds(seconds)));
  }
}
