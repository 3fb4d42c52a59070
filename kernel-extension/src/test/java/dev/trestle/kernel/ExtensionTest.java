package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.MemoryReport;
import dev.trestle.SharedArray;
import dev.trestle.SharedTable;
import dev.trestle.Store;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.table.TableSlice;

class ExtensionTest {
  private static final Table NUMBERS =
      Table.create("numbers", IntColumn.create("n", new int[] {7, 8, 9}));

  private final Renderer renderer = new Renderer();

  ExtensionTest() {
    Extension.registerRenderers(renderer);
  }

  private static String text(DisplayData rendered) {
    return String.valueOf(rendered.getData(MIMEType.TEXT_PLAIN));
  }

  private static Fragment html(DisplayData rendered) throws Exception {
    return Fragment.of(String.valueOf(rendered.getData(MIMEType.TEXT_HTML)));
  }

  @Test
  void withoutAKernelInstallingFailsWithAdvice() {
    var failure = assertThrows(IllegalStateException.class, Extension::install);
    assertTrue(failure.getMessage().contains("start-up script"), failure.getMessage());
  }

  @Test
  void aTableIsShownAsTextAndAsHtml() throws Exception {
    DisplayData rendered = renderer.render(NUMBERS);
    assertEquals(NUMBERS.toString(), text(rendered));
    assertEquals(List.of("7", "8", "9"), html(rendered).texts("td"));
  }

  @Test
  void aSliceOfATableIsShownLikeATable() throws Exception {
    DisplayData rendered = renderer.render(new TableSlice(NUMBERS));
    assertEquals(List.of("7", "8", "9"), html(rendered).texts("td"));
  }

  @Test
  void aSharedTableIsShownWithItsNameShapeSizeAndPlace(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable shared = store.share("numbers", NUMBERS);
      DisplayData rendered = renderer.render(shared);
      String caption = "numbers: 3 rows × 1 column, held once: ";
      assertTrue(text(rendered).startsWith(caption), text(rendered));
      assertTrue(html(rendered).text().startsWith(caption), html(rendered).text());
      assertTrue(html(rendered).text().contains(shared.location().toString()));
      assertEquals(List.of("7", "8", "9"), html(rendered).texts("td"));
    }
  }

  @Test
  void aSharedArrayIsShownWithItsEndsAndItsPlace(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedArray array = store.array("m", long.class, 1000, 2);
      array.setLong(999, 1, 42);
      DisplayData rendered = renderer.render(array);
      assertEquals(array.toString(), text(rendered));
      assertEquals(
          "m: 1,000 × 2 of long, held once: 15.6 KiB in " + array.location(),
          html(rendered).texts("div").get(1));
      assertEquals(
          List.of(
              """
              [[0  0]
               [0  0]
               [0  0]
               ... 994 more ...
               [0  0]
               [0  0]
               [0 42]]\
              """),
          html(rendered).texts("pre"));
    }
  }

  @Test
  void aTableWhoseFileWasCutIsNamed(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable shared =
          store.share("cut", Table.create("cut", IntColumn.indexColumn("n", 20_000, 0)));
      try (var file = FileChannel.open(shared.location(), StandardOpenOption.WRITE)) {
        file.truncate(4096); // the last rows are gone
      }
      var failure = assertThrows(RuntimeException.class, () -> renderer.render(shared));
      StringBuilder words = new StringBuilder();
      for (Throwable t = failure; t != null; t = t.getCause()) {
        words.append(t).append('\n');
      }
      assertTrue(
          words.toString().contains("table file " + shared.location() + " had "), words.toString());
    }
  }

  @Test
  void aMemoryReportIsShownAsTextAndAsHtml() throws Exception {
    MemoryReport report =
        new MemoryReport(
            List.of(new MemoryReport.ProcessLine("this JVM", 1, 3, 2, 1, 4)),
            List.of(),
            List.of(),
            List.of(),
            0);
    DisplayData rendered = renderer.render(report);
    assertEquals(report.toString(), text(rendered));
    assertEquals(1, html(rendered).all("svg").size());
  }
}
