package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.MemoryReport;
import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.array.ElementType;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.Conversion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MemoryReportHtmlTest {
  private static final long MIB = 1 << 20;

  private static final List<ProcessLine> THREE =
      List.of(
          new ProcessLine("this JVM", 10, 400 * MIB, 250 * MIB, 150 * MIB, 420 * MIB),
          new ProcessLine("worker 1", 11, 300 * MIB, 120 * MIB, 60 * MIB, 310 * MIB),
          new ProcessLine("worker 2", 12, 300 * MIB, 120 * MIB, 50 * MIB, 300 * MIB));

  private static MemoryReport report(TableLine... tables) {
    return new MemoryReport(THREE, List.of(tables), List.of(), List.of(), 0);
  }

  private static TableLine table(String name, long rows, int columns, long bytes, Long... pids) {
    return new TableLine(name, rows, columns, bytes, List.of(pids), List.of(), List.of());
  }

  private static final MemoryReport ONE_TABLE =
      report(table("genome", 4_000_000, 34, 152 * MIB, 10L, 12L));

  private static List<Element> bars(Fragment html, int chart) {
    Element svg = html.all("svg").get(chart);
    return html.all("rect").stream().filter(r -> r.getParentNode().isSameNode(svg)).toList();
  }

  @Test
  void eachProcessHasALineOfFiguresAndPssIsAddedUp() throws Exception {
    List<String> cells = Fragment.of(MemoryReportHtml.of(ONE_TABLE)).texts("td");
    assertEquals(
        List.of("this JVM", "10", "400 MiB", "250 MiB", "150 MiB", "420 MiB"), cells.subList(0, 6));
    assertEquals(List.of("together", "", "", "490 MiB", "", ""), cells.subList(18, 24));
  }

  @Test
  void eachTableSaysWhatCopiesWouldHaveCostAndWhoMapsIt() throws Exception {
    List<String> cells = Fragment.of(MemoryReportHtml.of(ONE_TABLE)).texts("td");
    assertEquals(
        List.of("genome", "4,000,000", "34", "152 MiB", "456 MiB", "this JVM, worker 2"),
        cells.subList(24, 30));
  }

  @Test
  void eachProcessHasABarOfThreePartsInProportion() throws Exception {
    List<Element> bars = bars(Fragment.of(MemoryReportHtml.of(ONE_TABLE)), 0);
    assertEquals(3 + 3 * 3, bars.size()); // with the legend
    double uss = Double.parseDouble(bars.get(3).getAttribute("width"));
    double restOfPss = Double.parseDouble(bars.get(4).getAttribute("width"));
    double restOfRss = Double.parseDouble(bars.get(5).getAttribute("width"));
    assertEquals(250.0 / 150, (uss + restOfPss) / uss, 0.01);
    assertEquals(400.0 / 150, (uss + restOfPss + restOfRss) / uss, 0.01);
  }

  @Test
  void everyBarHasItsNameAndValueInWords() throws Exception {
    List<String> words = Fragment.of(MemoryReportHtml.of(ONE_TABLE)).texts("text");
    assertTrue(words.containsAll(List.of("this JVM", "150 MiB · 250 MiB · 400 MiB")));
    assertTrue(words.containsAll(List.of("once", "152 MiB", "as 3 copies", "456 MiB")));
  }

  @Test
  void theInkIsTheTextColourOfThePageAndThereIsNoScriptOrStyleSheet() throws Exception {
    Fragment html = Fragment.of(MemoryReportHtml.of(ONE_TABLE));
    for (Element svg : html.all("svg")) {
      assertEquals("currentColor", svg.getAttribute("fill"));
    }
    assertEquals(List.of(), html.all("script"));
    assertEquals(List.of(), html.all("style"));
  }

  @Test
  void theSmallestTableStillHasABar() throws Exception {
    Fragment html =
        Fragment.of(
            MemoryReportHtml.of(report(table("big", 1, 1, 4096 * MIB), table("tiny", 1, 1, 100))));
    for (Element bar : bars(html, 1)) {
      assertTrue(Double.parseDouble(bar.getAttribute("width")) >= 1);
    }
  }

  @Test
  void withoutTablesThereIsOneChartAndASentence() throws Exception {
    Fragment html = Fragment.of(MemoryReportHtml.of(report()));
    assertEquals(1, html.all("svg").size());
    assertTrue(html.text().contains("No shared tables."));
  }

  @Test
  void ofManyTablesTheSmallestAreDrawnTogether() throws Exception {
    TableLine[] tables =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> table("t" + i, 1, 1, i * MIB))
            .toArray(TableLine[]::new);
    Fragment html = Fragment.of(MemoryReportHtml.of(report(tables)));
    List<String> words = html.texts("text");
    assertTrue(words.contains("28 other tables"), words.toString());
    assertEquals(12 + 1 + 2, bars(html, 1).size());
  }

  @Test
  void aTableThatNobodyMapsSaysSo() throws Exception {
    MemoryReport report = report(table("idle", 1, 1, MIB));
    assertTrue(Fragment.of(MemoryReportHtml.of(report)).texts("td").contains("nobody now"));
  }

  @Test
  void aLongNameIsCutInTheChartAndWholeInItsTooltip() throws Exception {
    String name = "a.table.whose.name.hardly.ends";
    MemoryReport report = report(table(name, 1, 1, MIB));
    Fragment html = Fragment.of(MemoryReportHtml.of(report));
    assertEquals(List.of(name), html.texts("title"));
    assertFalse(html.texts("text").contains(name));
  }

  @Test
  void arraysHaveTypeAndShapeAndABar() throws Exception {
    MemoryReport report =
        new MemoryReport(
            THREE,
            List.of(table("genome", 1, 1, MIB)),
            List.of(
                new ArrayLine("weights", ElementType.DOUBLE, "(512, 512)", 2 * MIB, List.of(11L))),
            List.of(),
            0);
    Fragment html = Fragment.of(MemoryReportHtml.of(report));
    assertEquals(
        List.of("weights", "double", "(512, 512)", "2.00 MiB", "6.00 MiB", "worker 1"),
        html.texts("td").subList(30, 36));
    assertTrue(html.texts("text").contains("all tables and arrays"), html.text());
    assertTrue(html.text().contains("Held once: 3.00 MiB."), html.text());
    assertFalse(html.text().contains("former"), html.text());
  }

  @Test
  void aForeignFileStandsUnderItsTableWithWhoMapsItAndWhatWasConverted() throws Exception {
    var t =
        new TableLine(
            "flights",
            9,
            2,
            5 * MIB,
            List.of(10L),
            List.of(new SourceLine(Path.of("/data/flights.arrow"), 4 * MIB, List.of(10L, 99L))),
            List.of(new Conversion("when", "date64", ColumnKind.DATE, "why", MIB, 0.1)));
    List<String> cells = Fragment.of(MemoryReportHtml.of(report(t))).texts("td");
    assertEquals(
        List.of("↳ reads in place /data/flights.arrow", "", "", "4.00 MiB", "", "this JVM, pid 99"),
        cells.subList(30, 36));
    assertEquals("↳ 1 column converted (1.00 MiB): when", cells.get(36));
  }

  @Test
  void whatReadersOfFormerVersionsHoldIsTold() throws Exception {
    var report = new MemoryReport(THREE, List.of(), List.of(), List.of(), 7 * MIB);
    String text = Fragment.of(MemoryReportHtml.of(report)).text();
    assertTrue(text.contains("Held by readers of former versions: 7.00 MiB."), text);
  }

  @Test
  void whatIsDamagedIsListedWithWhatIsWrong() throws Exception {
    var damaged = new DamagedLine("trips", 3 * MIB, "trips.arrow is damaged: cut short");
    var report = new MemoryReport(THREE, List.of(), List.of(), List.of(damaged), 0);
    List<String> cells = Fragment.of(MemoryReportHtml.of(report)).texts("td");
    assertEquals(
        List.of("trips", "3.00 MiB", "trips.arrow is damaged: cut short"),
        cells.subList(cells.size() - 3, cells.size()));
  }
}
