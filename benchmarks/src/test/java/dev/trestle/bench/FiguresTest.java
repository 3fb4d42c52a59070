package dev.trestle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts that figures are shown with: medians, bars, tables. */
class FiguresTest {

  @Test
  void oneOutlierDoesNotMoveTheMedian() {
    assertEquals(2, Median.of(List.of(1_000L, 2L, 1L)));
    assertEquals(1.5, Median.of(List.of(1.0, 2.0)));
  }

  @Test
  void nothingHasNoMedian() {
    assertThrows(IllegalArgumentException.class, () -> Median.of(List.of()));
  }

  @Test
  void aFigureIsShownBesideItsBar() {
    TextTable table = Bar.table();
    Bar.mebibytes("stored size", 200).addTo(table, 152L << 20, true);
    Bar.seconds("wall", 20).addTo(table, 20.5, true);
    Bar.milliseconds("attach", 5).addTo(table, 0.25, false);
    assertEquals(
        """
        figure       measured         bar
        stored size   152 MiB  <= 200 MiB       within the bar
        wall           20.5 s   <= 20.0 s        above the bar
        attach        0.25 ms  <= 5.00 ms  (for the full size)
        """,
        table.toString());
  }

  @Test
  void aLineHasAsManyCellsAsThereAreHeadings() {
    var table = new TextTable("what", "how much");
    assertThrows(IllegalArgumentException.class, () -> table.add("only one"));
  }
}
