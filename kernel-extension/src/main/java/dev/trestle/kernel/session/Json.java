package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** The contents that many messages have. */
final class Json {
  private Json() {}

  static JsonObject of(String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return json;
  }

  /** What an error message says. */
  static JsonObject failure(String name, String message, List<String> traceback) {
    JsonObject json = of("ename", name);
    json.addProperty("evalue", message);
    JsonArray lines = new JsonArray();
    traceback.forEach(lines::add);
    json.add("traceback", lines);
    return json;
  }

  /** What a reply says about a request that failed. */
  static JsonObject error(String name, String message, List<String> traceback) {
    JsonObject json = failure(name, message, traceback);
    json.addProperty("status", "error");
    return json;
  }
}
