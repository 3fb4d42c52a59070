package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import dev.trestle.kernel.maven.BuildVersion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies from Maven in a running kernel; those that this build has fetched before. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelMavenTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private static String shown(Outcome cell) {
    return cell.all("display_data")
        .getFirst()
        .getAsJsonObject("data")
        .get("text/plain")
        .getAsString();
  }

  @Test
  void whatMavenFoundIsThereForTheNextCell() throws Exception {
    assertEquals("error", kernel.run("new org.h2.Driver().getMajorVersion()").status());
    String h2 = "com.h2database:h2:" + BuildVersion.of("h2");
    Outcome added = kernel.run("%maven " + h2);
    assertEquals("ok", added.status(), added.published()::toString);
    assertEquals("%s: h2-%s.jar".formatted(h2, BuildVersion.of("h2")), shown(added));
    assertEquals(
        BuildVersion.of("h2").split("[.]")[0],
        kernel.run("new org.h2.Driver().getMajorVersion()").result());
  }

  @Test
  void tablesawItselfIsFound() throws Exception {
    String tablesaw = "tech.tablesaw:tablesaw-core:" + BuildVersion.of("tablesaw");
    assertTrue(shown(kernel.run("%maven " + tablesaw)).contains("fastutil-"));
    String dependency =
        """
        %%%%loadFromPOM
        <dependency>
          <groupId>tech.tablesaw</groupId>
          <artifactId>tablesaw-core</artifactId>
          <version>%s</version>
        </dependency>
        """
            .formatted(BuildVersion.of("tablesaw"));
    Outcome pom = kernel.run(dependency);
    assertEquals("ok", pom.status(), pom.published()::toString);
    assertTrue(shown(pom).startsWith("the POM: "), shown(pom));
    assertTrue(shown(pom).contains("fastutil-"), shown(pom));
  }

  @Test
  void aFigureOfTablesawsIsDrawnInlineAndGoesToPlotlyWhereThatIs() throws Exception {
    kernel.run("%maven tech.tablesaw:tablesaw-jsplot:" + BuildVersion.of("tablesaw"));
    Outcome cell =
        kernel.run(
            """
            import tech.tablesaw.plotly.api.*;
            Table t = Table.create("t", StringColumn.create("<g>", "it's", "b"),
                DoubleColumn.create("n", 2, 4));
            VerticalBarPlot.create("Bars \\"& more\\"", t, "<g>", "n")\
            """);
    assertEquals("Plotly figure \"Bars \"& more\"\": bar of 2 values", cell.result());
    JsonObject data = cell.all("execute_result").getFirst().getAsJsonObject("data");
    Fragment html = Fragment.of(data.get("text/html").getAsString());
    assertEquals(2, html.all("rect").size());
    assertEquals(0, html.all("script").size());
    assertTrue(html.texts("text").containsAll(List.of("it's", "b", "4")), html.text());
    JsonObject plotly = data.getAsJsonObject("application/vnd.plotly.v1+json");
    JsonObject trace = plotly.getAsJsonArray("data").get(0).getAsJsonObject();
    assertEquals("bar", trace.get("type").getAsString());
    assertEquals("it's", trace.getAsJsonArray("x").get(0).getAsString());
    Outcome pie = kernel.run("display(PiePlot.create(\"Pie\", t, \"<g>\", \"n\"));");
    assertEquals("Plotly figure \"Pie\": pie of 2 values", shown(pie));
    for (String kind :
        List.of(
            "ScatterPlot.create(\"s\", t, \"n\", \"n\", \"<g>\")",
            "LinePlot.create(\"l\", t, \"n\", \"n\")",
            "AreaPlot.create(\"a\", t, \"n\", \"n\")",
            "BubblePlot.create(\"b\", t, \"n\", \"n\", \"n\")",
            "HorizontalBarPlot.create(\"h\", t, \"<g>\", \"n\")",
            "Histogram.create(\"h\", t, \"n\")",
            "BoxPlot.create(\"x\", t, \"<g>\", \"n\")")) {
      JsonObject shown = kernel.run(kind).all("execute_result").getFirst().getAsJsonObject("data");
      assertEquals(1, Fragment.of(shown.get("text/html").getAsString()).all("svg").size(), kind);
    }
  }

  @Test
  void aChartOfXChartIsAPictureInline() throws Exception {
    kernel.run("%maven org.knowm.xchart:xchart:" + BuildVersion.of("xchart"));
    Outcome cell =
        kernel.run(
            """
            var chart = new org.knowm.xchart.XYChartBuilder().title("Rise").width(300).height(200)
                .build();
            chart.addSeries("s", new double[] {1, 2, 3}, new double[] {1, 4, 9});
            chart\
            """);
    assertEquals("XYChart \"Rise\"", cell.result());
    JsonObject data = cell.all("execute_result").getFirst().getAsJsonObject("data");
    byte[] png = Base64.getDecoder().decode(data.get("image/png").getAsString());
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(600, picture.getWidth());
    assertEquals(400, picture.getHeight());
  }

  @Test
  void whatCannotBeFoundFailsTheCell() throws Exception {
    Outcome cell = kernel.run("%maven nothing");
    assertEquals("error", cell.status());
    assertTrue(cell.traceback().contains("'nothing' is not of the form"), cell.traceback());
    assertTrue(kernel.run("%maven --form x").stream("stderr").contains("--from"));
  }
}
