package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Magics written wrongly; the notebook test has them written well. */
class TrestleMagicsTest {
  private final List<DisplayData> shown = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Magics magics = new Magics();

  TrestleMagicsTest() {
    new TrestleMagics(new Screen(shown::add, complaints::add)).register(magics);
  }

  private String complaintAbout(String magic, String... arguments) throws Exception {
    magics.applyLineMagic(magic, List.of(arguments));
    assertEquals(List.of(), shown);
    assertEquals(1, complaints.size());
    return complaints.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "2.5", "two", "12345", "1e3"})
  void whatIsNoNumberOfWorkersGetsTheUsage(String argument) throws Exception {
    String complaint = complaintAbout("workers", argument);
    assertTrue(complaint.startsWith("%workers does not take '" + argument + "'."), complaint);
    assertTrue(complaint.contains("%workers 4      starts four workers"), complaint);
  }

  @Test
  void aMistypedStopIsRecognised() throws Exception {
    String complaint = complaintAbout("workers", "sotp");
    assertTrue(complaint.contains("Did you mean '%workers stop'?"), complaint);
  }

  @Test
  void argumentsTooManyAreQuotedTogether() throws Exception {
    String complaint = complaintAbout("workers", "4", "now");
    assertTrue(complaint.startsWith("%workers does not take '4 now'."), complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tables", "memory"})
  void magicsWithoutOptionsSaySo(String magic) throws Exception {
    String complaint = complaintAbout(magic, "all");
    assertTrue(complaint.startsWith("%" + magic + " does not take 'all'.\n  %"), complaint);
  }
}
