package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace of a figure.
 *
 * @param mode of a scatter: {@code markers}, {@code lines}, or both
 * @param sizes of the markers, relative to each other; none if all are alike
 */
record PlotSeries(
    Kind kind,
    String name,
    String mode,
    boolean isFilled,
    List<String> xs,
    List<String> ys,
    List<Double> sizes,
    int bins) {
  enum Kind {
    SCATTER,
    BAR,
    HORIZONTAL_BAR,
    HISTOGRAM,
    BOX,
    OTHER
  }

  static PlotSeries of(JsonObject trace) {
    return new PlotSeries(
        kind(trace),
        PlotlyFigure.text(trace.get("name")),
        text(trace, "mode"),
        text(trace, "fill").startsWith("to"),
        texts(trace.get("x")),
        texts(trace.get("y")),
        sizes(trace.get("marker")),
        trace.has("nbinsx") ? trace.get("nbinsx").getAsInt() : 0);
  }

  private static Kind kind(JsonObject trace) {
    boolean isOnFirstAxes =
        isFirst(text(trace, "xaxis"), "x") && isFirst(text(trace, "yaxis"), "y");
    return !isOnFirstAxes
        ? Kind.OTHER
        : switch (text(trace, "type")) {
          case "scatter", "scattergl" -> Kind.SCATTER;
          case "bar" -> text(trace, "orientation").equals("h") ? Kind.HORIZONTAL_BAR : Kind.BAR;
          case "histogram" ->
              trace.has("x") && !trace.has("y") && text(trace, "histnorm").isEmpty()
                  ? Kind.HISTOGRAM
                  : Kind.OTHER;
          case "box" -> Kind.BOX;
          default -> Kind.OTHER;
        };
  }

  private static boolean isFirst(String axis, String name) {
    return axis.isEmpty() || axis.equals(name);
  }

  private static String text(JsonObject trace, String member) {
    return PlotlyFigure.text(trace.get(member));
  }

  private static List<String> texts(JsonElement values) {
    List<String> texts = new ArrayList<>();
    if (values instanceof JsonArray array) {
      array.forEach(each -> texts.add(each.isJsonNull() ? "" : PlotlyFigure.text(each)));
    }
    return texts;
  }

  private static List<Double> sizes(JsonElement marker) {
    List<Double> sizes = new ArrayList<>();
    if (marker instanceof JsonObject described && described.get("size") instanceof JsonArray all) {
      for (JsonElement each : all) {
        boolean isNumber = each instanceof JsonPrimitive number && number.isNumber();
        sizes.add(isNumber ? each.getAsDouble() : 0);
      }
    }
    return sizes;
  }

  /** How many points it has. */
  int size() {
    return Math.min(xs.size(), ys.size());
  }
}
