package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure of Tablesaw's ({@code tech.tablesaw.plotly.components.Figure}) as Plotly wants it. Any
 * class loader may have it: {@code %maven} brings it.
 *
 * @param traces objects with {@code type}, {@code x}, {@code y} and so on
 */
record PlotlyFigure(JsonArray traces, JsonObject layout) {
  private static final String CLASS = "tech.tablesaw.plotly.components.Figure";

  /** A string of JavaScript, which is left as it is; or a comma that JSON does not have. */
  private static final Pattern STRING_OR_LAST_COMMA =
      Pattern.compile(
          "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|,(?=\\s*[}\\]])",
          Pattern.DOTALL);

  static boolean isOne(Object value) {
    return Reflected.isOf(value, CLASS);
  }

  /**
   * Reads what Tablesaw writes for a browser: {@code var layout = {...};} and {@code var trace0 =
   * {...};}, in JavaScript's notation.
   *
   * @throws JsonParseException if that cannot be read
   */
  static PlotlyFigure of(Object figure) {
    Object layout = Reflected.call(figure, "getLayout");
    JsonArray traces = new JsonArray();
    Object[] all = (Object[]) Reflected.called(figure, "getTraces");
    for (int i = 0; i < all.length; i++) {
      traces.add(parsed(Reflected.called(all[i], "asJavascript", i).toString()));
    }
    return new PlotlyFigure(
        traces,
        layout == null
            ? new JsonObject()
            : parsed(Reflected.called(layout, "asJavascript").toString()));
  }

  private static JsonObject parsed(String assignment) {
    int start = assignment.indexOf('{');
    int end = assignment.lastIndexOf('}');
    if (start < 0 || end < start) {
      throw new JsonParseException("no object: " + assignment);
    }
    String object =
        STRING_OR_LAST_COMMA
            .matcher(assignment.substring(start, end + 1))
            .replaceAll(
                found -> found.group().equals(",") ? "" : Matcher.quoteReplacement(found.group()));
    // Names without quotes, and strings in single ones: Gson reads both.
    return new JsonParser().parse(object).getAsJsonObject();
  }

  /** The content of {@code application/vnd.plotly.v1+json}. */
  String json() {
    JsonObject json = new JsonObject();
    json.add("data", traces);
    json.add("layout", layout);
    return json.toString();
  }

  /** The title, empty if there is none. */
  String title() {
    return text(layout.get("title"));
  }

  /** What an axis shows, {@code x} or {@code y}; empty if that is not told. */
  String axisTitle(String axis) {
    JsonElement described = layout.get(axis + "axis");
    return described != null && described.isJsonObject()
        ? text(described.getAsJsonObject().get("title"))
        : "";
  }

  /** A text of Tablesaw's, which has escaped it for HTML; a title may be an object with a text. */
  static String text(JsonElement text) {
    if (text != null && text.isJsonObject()) {
      return text(text.getAsJsonObject().get("text"));
    }
    return text == null || !text.isJsonPrimitive()
        ? ""
        : text.getAsString()
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
  }

  /** In a line: {@code figure "Delays": scatter of 3 points, bar of 2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Plotly figure");
    if (!title().isEmpty()) {
      text.append(" \"").append(title()).append('"');
    }
    String between = ": ";
    for (JsonElement each : traces) {
      JsonObject trace = each.getAsJsonObject();
      text.append(between).append(text(trace.get("type")));
      JsonElement values = trace.has("x") ? trace.get("x") : trace.get("values");
      if (values != null && values.isJsonArray()) {
        text.append(" of ").append(values.getAsJsonArray().size()).append(" values");
      }
      between = ", ";
    }
    return text.toString();
  }
}
