package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final Listing list =
      new Listing("name", "#rows", "held")
          .add("a", "1,000", "in memory")
          .add("long", "2", "on disk");

  @Test
  void plainTextStandsInColumnsWithFiguresToTheRight() {
    assertEquals(
        """
        name   rows  held
        a     1,000  in memory
        long      2  on disk
        """,
        list.text());
  }

  @Test
  void theHtmlHasTheSameCells() throws Exception {
    Fragment html = Fragment.of(list.html());
    assertEquals(List.of("name", "rows", "held"), html.texts("th"));
    assertEquals(List.of("a", "1,000", "in memory", "long", "2", "on disk"), html.texts("td"));
  }

  @Test
  void aRowThatDoesNotFitTheHeadingsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> list.add("only one"));
  }
}
