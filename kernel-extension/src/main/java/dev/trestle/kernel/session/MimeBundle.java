package dev.trestle.kernel.session;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Display data in the form in which Jupyter wants it. */
final class MimeBundle {
  private static final Gson GSON = new Gson();

  private MimeBundle() {}

  /** With the members data, metadata and transient. */
  static JsonObject json(DisplayData display) {
    JsonObject json = GSON.toJsonTree(display, DisplayData.class).getAsJsonObject();
    JsonObject data = json.getAsJsonObject("data");
    List<Map.Entry<String, JsonElement>> entries = new ArrayList<>(data.entrySet());
    for (Map.Entry<String, JsonElement> each : entries) {
      // Jupyter: "JSON-able mime types are sent as JSON, not as a text that holds JSON".
      if (each.getKey().equals("application/json") || each.getKey().endsWith("+json")) {
        data.add(each.getKey(), parsed(each.getValue()));
      }
    }
    for (String member : List.of("metadata", "transient")) {
      if (!json.has(member)) {
        json.add(member, new JsonObject());
      }
    }
    return json;
  }

  private static JsonElement parsed(JsonElement value) {
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      return value;
    }
    try {
      return new JsonParser().parse(value.getAsString());
    } catch (JsonParseException e) {
      return value;
    }
  }
}
