package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.ClassHistogram.Change;
import dev.trestle.kernel.ClassHistogram.Objects;
import dev.trestle.kernel.engine.CellFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code %heap} and {@code %%heap}. */
class HeapMagicTest {
  private final TestHost host = new TestHost();

  HeapMagicTest() throws CellFailure {}

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "[B, byte[]",
    "[[J, long[][]",
    "[Ljava.lang.String;, java.lang.String[]",
    "java.util.HashMap$Node, java.util.HashMap$Node",
    "REPL.$JShell$12B$Point, Point",
    "[LREPL.$JShell$3$Tree$Leaf;, Tree$Leaf[]"
  })
  void classesAreNamedAsTheyAreWritten(String internal, String name) {
    assertEquals(name, ClassHistogram.name(internal));
  }

  @Test
  void theJvmsTextIsReadAndCompared() {
    ClassHistogram before =
        ClassHistogram.parse(
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:           100           4000  [B (java.base@25)
               2:            10            160  java.lang.Object (java.base@25)
            Total           110           4160
            """);
    ClassHistogram after =
        ClassHistogram.parse(
            "   1:  50  1000  [B (java.base@25)\n   2:  10  160  java.lang.Object\n   3: 2 48  X");
    assertEquals(new Objects(110, 4160), before.total());
    assertEquals(List.of("byte[]", "java.lang.Object"), before.largestFirst());
    assertEquals(
        List.of(
            new Change("byte[]", -50, -3000, new Objects(50, 1000)),
            new Change("X", 2, 48, new Objects(2, 48))),
        after.since(before));
  }

  @Test
  void whatACellLeavesIsToldByClass() throws Exception {
    host.cell(
        "%%heap\nrecord Point(int x) {}\nPoint[] kept = new Point[5000];\nfor (int i = 0; i <"
            + " kept.length; i++) kept[i] = new Point(i);");
    String line =
        host.text().lines().filter(each -> each.startsWith("Point ")).findFirst().orElse("");
    assertTrue(line.contains("+5,000"), host.text());
  }

  @Test
  void aSecondLookTellsTheDifference() throws Exception {
    host.cell("%heap --top 3");
    assertEquals(9, host.html().texts("td").size());
    host.cell("long[][] kept = new long[20][100_000];");
    host.cell("%heap --diff");
    assertTrue(host.text().startsWith("Since the last look: "), host.text());
    String line =
        host.text().lines().filter(each -> each.startsWith("long[] ")).findFirst().orElse("");
    assertTrue(line.contains("+15.") || line.contains("+16."), host.text()); // MiB
  }
}
