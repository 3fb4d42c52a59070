package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {
  private static final Usage USAGE =
      new Usage("workers", List.of("%workers stop   ends them"), List.of("stop", "list"));

  @Test
  void aMistypedWordGetsTheNearestOne() {
    assertEquals(
        """
        %workers does not take 'Stpo'. Did you mean '%workers stop'?
          %workers stop   ends them\
        """,
        USAGE.complain("Stpo"));
  }

  @Test
  void aWordLikeNoneOfThemGetsTheFormsOnly() {
    assertEquals(
        """
        %workers does not take 'seventeen'.
          %workers stop   ends them\
        """,
        USAGE.complain("seventeen"));
  }
}
