package dev.trestle.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;

/**
 * Charts of libraries that cells bring, shown inline: Tablesaw's Plotly figures and XChart's
 * charts. Nothing of them needs a script or a network to be seen; a front end that has Plotly draws
 * the figures itself.
 */
final class Charts {
  /** Of JupyterLab's Plotly extension, of VS Code and of nteract. */
  static final String PLOTLY = "application/vnd.plotly.v1+json";

  private static final Gson GSON = new Gson();

  private Charts() {}

  /**
   * For whatever nothing else renders: the classes are not known before a cell has loaded them, and
   * each class loader has its own.
   */
  static void register(Renderer renderer) {
    renderer
        .createRegistration(Object.class)
        .preferring("text/plain")
        .register((value, context) -> put(value, context.getOutputContainer()));
  }

  private static void put(Object value, DisplayData out) {
    if (PlotlyFigure.isOne(value)) {
      putFigure(value, out);
    } else if (XChartPicture.isOne(value)) {
      XChartPicture.put(value, out);
    }
  }

  private static void putFigure(Object value, DisplayData out) {
    PlotlyFigure figure;
    try {
      figure = PlotlyFigure.of(value);
    } catch (JsonParseException e) {
      out.putText("A Plotly figure that cannot be read: " + e.getMessage());
      return;
    }
    out.putData(PLOTLY, GSON.fromJson(figure.json(), Object.class)); // any kernel writes maps
    out.putText(figure.toString());
    out.putHTML(
        PlotlyPicture.of(figure)
            .orElseGet(() ->
                new Html()
                    .element(
                        "div", figure + ": not drawn here, for want of Plotly in this front end.")
                    .finish()));
  }
}
