package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.trestle.kernel.protocol.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cells of this session, for a console's up arrow and its search. Any thread. */
final class History {
  private static final int SESSION = 1;

  private record Entry(int line, String input, @Nullable String output) {}

  private final List<Entry> entries = new ArrayList<>(); // guarded by this

  synchronized void add(int line, String input, @Nullable String output) {
    entries.add(new Entry(line, input, output));
  }

  /** The content of the reply to a history_request. */
  synchronized JsonObject answer(Message request) {
    List<Entry> found =
        switch (request.text("hist_access_type", "tail")) {
          case "range" -> range(request);
          case "search" -> search(request);
          default -> last(entries, request.number("n", entries.size()));
        };
    boolean withOutput = request.flag("output", false);
    JsonArray history = new JsonArray();
    found.forEach(entry -> history.add(json(entry, withOutput)));
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    content.add("history", history);
    return content;
  }

  private List<Entry> range(Message request) {
    int session = request.number("session", 0);
    if (session > SESSION) {
      return List.of();
    }
    int start = request.number("start", 0);
    int stop = request.number("stop", Integer.MAX_VALUE);
    return entries.stream().filter(e -> e.line() >= start && e.line() < stop).toList();
  }

  private List<Entry> search(Message request) {
    Pattern pattern = glob(request.text("pattern", "*"));
    List<Entry> found =
        entries.stream().filter(entry -> pattern.matcher(entry.input()).matches()).toList();
    if (request.flag("unique", false)) {
      Map<String, Entry> newest = new HashMap<>();
      found.forEach(entry -> newest.put(entry.input(), entry));
      found = found.stream().filter(entry -> entry.equals(newest.get(entry.input()))).toList();
    }
    return last(found, request.number("n", found.size()));
  }

  private static List<Entry> last(List<Entry> list, int n) {
    return list.subList(Math.max(0, list.size() - Math.max(0, n)), list.size());
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(c -> {
          switch (c) {
            case '*' -> regex.append(".*");
            case '?' -> regex.append('.');
            default -> regex.append(Pattern.quote(Character.toString(c)));
          }
        });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static JsonArray json(Entry entry, boolean withOutput) {
    JsonArray json = new JsonArray();
    json.add(SESSION);
    json.add(entry.line());
    if (withOutput) {
      JsonArray both = new JsonArray();
      both.add(entry.input());
      if (entry.output() == null) {
        both.add(JsonNull.INSTANCE);
      } else {
        both.add(entry.output());
      }
      json.add(both);
    } else {
      json.add(entry.input());
    }
    return json;
  }
}
