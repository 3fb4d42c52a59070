package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn of a figure's traces. */
class PlotlyPictureTest {
  private static PlotlyFigure figure(String... traces) {
    JsonArray array = new JsonArray();
    List.of(traces).forEach(trace -> array.add(new JsonParser().parse(trace)));
    JsonObject layout =
        new JsonParser()
            .parse("{title: 'a &lt;b&gt;', xaxis: {title: 'across'}, yaxis: {title: {text: 'up'}}}")
            .getAsJsonObject();
    return new PlotlyFigure(array, layout);
  }

  private static Fragment drawn(String... traces) throws Exception {
    return Fragment.of(PlotlyPicture.of(figure(traces)).orElseThrow());
  }

  @Test
  void eachPointOfAScatterPlotIsACircleAndMissingOnesAreLeftOut() throws Exception {
    Fragment html =
        drawn("{type: 'scatter', mode: 'markers', x: ['1.0','2.0','3'], y: ['5','null','NaN']}");
    assertEquals(1, html.all("circle").size());
    assertTrue(html.texts("text").containsAll(List.of("a <b>", "across", "up")), html.text());
    assertEquals(0, html.all("script").size());
  }

  @Test
  void aLineHasAGapWhereAValueIsMissing() throws Exception {
    Fragment html =
        drawn("{type: 'scatter', mode: 'lines', x: [1,2,3,4,5], y: ['1','2','null','4','5']}");
    assertEquals(2, html.all("polyline").size());
    assertEquals(0, html.all("circle").size());
  }

  @Test
  void seriesDifferByShapeAndAreNamed() throws Exception {
    Fragment html =
        drawn(
            "{type: 'scatter', mode: 'markers', name: 'first', x: [1,2], y: [1,2]}",
            "{type: 'scatter', mode: 'markers', name: 'second', x: [1,2], y: [2,3]}");
    assertEquals(2 + 1, html.all("circle").size()); // with the legend
    assertEquals(2 + 1, html.all("path").size());
    assertTrue(html.texts("text").containsAll(List.of("first", "second")), html.text());
  }

  @Test
  void barsBeginAtZeroAndAreAsLongAsTheirValues() throws Exception {
    Fragment html = drawn("{type: 'bar', orientation: 'v', x: ['a','b'], y: [2.0, 4.0]}");
    List<Double> heights =
        html.all("rect").stream().map(r -> Double.parseDouble(r.getAttribute("height"))).toList();
    assertEquals(2, heights.size());
    assertEquals(2, heights.get(1) / heights.get(0), 0.01);
    assertTrue(html.texts("text").containsAll(List.of("a", "b", "0")), html.text());
    Fragment flat = drawn("{type: 'bar', orientation: 'h', y: ['a','b'], x: [2.0, 4.0]}");
    List<Double> widths =
        flat.all("rect").stream().map(r -> Double.parseDouble(r.getAttribute("width"))).toList();
    assertEquals(2, widths.get(1) / widths.get(0), 0.01);
  }

  @Test
  void aHistogramCountsEachValueOnce() throws Exception {
    Fragment html = drawn("{type: 'histogram', nbinsx: 2, x: ['1','1.5','2','9','null']}");
    List<Double> heights =
        html.all("rect").stream().map(r -> Double.parseDouble(r.getAttribute("height"))).toList();
    assertEquals(2, heights.size());
    assertEquals(3, heights.get(0) / heights.get(1), 0.01);
  }

  @Test
  void aBoxHasItsQuartilesAndItsOutliers() throws Exception {
    Fragment html = drawn("{type: 'box', x: ['a','a','a','a','a','a'], y: [1, 2, 3, 4, 5, 100]}");
    assertEquals(1, html.all("rect").size());
    assertEquals(1, html.all("circle").size());
  }

  @Test
  void timesAreNamedAsDates() throws Exception {
    Fragment html =
        drawn("{type: 'scatter', mode: 'lines', x: ['2020-01-01','2020-03-01'], y: ['1', '2']}");
    assertTrue(html.texts("text").containsAll(List.of("2020-01-01", "2020-01-31")), html.text());
  }

  @Test
  void ofVeryManyPointsSomeAreDrawnAndThatIsSaid() throws Exception {
    List<Integer> many = IntStream.range(0, 10_000).boxed().toList();
    Fragment html = drawn("{type: 'scatter', mode: 'markers', x: %1$s, y: %1$s}".formatted(many));
    assertTrue(html.all("circle").size() <= 4000);
    assertTrue(html.text().contains("3,334 of 10,000 points are drawn."), html.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: 'pie', labels: ['a'], values: [1]}",
        "{type: 'scatter3d', x: [1], y: [1], z: [1]}",
        "{type: 'scatter', mode: 'lines', yaxis: 'y2', x: [1], y: [1]}",
      })
  void whatIsNotDrawnIsNotDrawnWrongly(String trace) {
    assertTrue(PlotlyPicture.of(figure(trace)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: 'scatter', mode: 'markers', x: [], y: []}",
        "{type: 'scatter', mode: 'lines', x: ['1'], y: ['null']}",
        "{type: 'scatter', mode: 'lines+markers', x: [7], y: [7]}",
        "{type: 'histogram', x: []}",
        "{type: 'histogram', x: ['5', '5']}",
        "{type: 'box', y: [1]}",
      })
  void littleOrNothingIsDrawnWithoutAnError(String trace) throws Exception {
    assertEquals(1, drawn(trace).all("svg").size());
    String html = PlotlyPicture.of(figure(trace)).orElseThrow();
    assertFalse(html.contains("NaN") || html.contains("Infinity"), html);
  }
}
