package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.engine.CellFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Magics written wrongly, and the help on them. */
class TrestleMagicsTest {
  private final TestHost host = new TestHost();

  TrestleMagicsTest() throws CellFailure {}

  @AfterEach
  void close() {
    host.close();
  }

  private String complaintAbout(String line) throws CellFailure {
    host.cell(line);
    assertEquals(0, host.shown.size());
    assertEquals(1, host.complaints.size());
    return host.complaints.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2.5", "two", "12345", "1e3"})
  void whatIsNoNumberOfWorkersGetsTheUsage(String argument) throws Exception {
    String complaint = complaintAbout("%workers " + argument);
    assertTrue(complaint.startsWith("%workers does not take '" + argument + "'."), complaint);
    assertTrue(complaint.contains("Usage: %workers "), complaint);
    assertTrue(complaint.contains("4 starts four workers"), complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "%workers sotp, %workers stop",
    "%workers 2 --haep 1g, %workers --heap",
    "%workers 2 --hepa=1g, %workers --heap",
    "%%memory --lnies, %%memory --lines",
    "%share t --kepe, %share --keep"
  })
  void aMistypedWordGetsTheNearestOne(String line, String meant) throws Exception {
    String complaint = complaintAbout(line);
    assertTrue(complaint.contains("Did you mean '" + meant + "'?"), complaint);
  }

  @Test
  void whereNoWordIsWrongNoneIsProposed() throws Exception {
    String complaint = complaintAbout("%%parallel t by=from");
    assertTrue(complaint.startsWith("%%parallel wants the code to run in the lines below it.\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables", "memory"})
  void magicsWithoutOptionsSaySo(String magic) throws Exception {
    String complaint = complaintAbout("%" + magic + " all");
    assertTrue(complaint.startsWith("%" + magic + " does not take 'all'."), complaint);
    assertTrue(complaint.contains("Usage: %" + magic), complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "%workers 2 --heap much, 'much' is no size such as 512m or 2g",
    "%workers 2 --heap 1m, a worker's heap has at least",
    "%%memory --interval 5, '5' is no time such as 50ms",
    "%drop nothing, finds no shared table or array 'nothing'",
    "%attach nothing, finds no shared table or array 'nothing'",
    "%share nothing, finds no variable 'nothing'",
    "%share t = no/such/file.csv, finds no file 'no/such/file.csv'"
  })
  void aValueThatCannotBeTakenIsQuoted(String line, String said) throws Exception {
    String complaint = complaintAbout(line);
    assertTrue(complaint.contains(said), complaint);
    assertTrue(complaint.contains("Usage: "), complaint);
  }

  @Test
  void aQuestionMarkBehindAMagicExplainsIt() throws Exception {
    host.cell("%share?");
    assertTrue(host.text().contains("Puts a table or an array into shared memory."), host.text());
    assertTrue(host.text().contains("--keep"), host.text());
    host.cell("%%memory?");
    assertTrue(host.text().contains("--interval=TIME"), host.text());
    host.cell("%memory --help");
    assertTrue(host.text().contains("Shows where the memory is now."), host.text());
  }

  @Test
  void theListHasEveryMagicWithWhatItDoes() throws Exception {
    host.cell("%lsmagic");
    for (boolean ofCells : new boolean[] {false, true}) {
      for (String name : host.book.names(ofCells)) {
        assertTrue(host.html().texts("td").contains((ofCells ? "%%" : "%") + name), name);
      }
    }
    assertTrue(host.text().contains("%tables"), host.text());
    assertTrue(host.text().contains("Lists the shared tables and arrays."), host.text());
  }

  @Test
  void theHelpOnAMagicFitsIntoAPage() {
    for (boolean ofCells : new boolean[] {false, true}) {
      for (String name : host.book.names(ofCells)) {
        String help = host.book.help((ofCells ? "%%" : "%") + name);
        assertTrue(help != null && help.startsWith("Usage: %"), name);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
      }
    }
  }
}
