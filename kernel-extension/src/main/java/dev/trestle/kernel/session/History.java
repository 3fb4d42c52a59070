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

/** The cells of this session and of earlier ones, for a console's up arrow and its search. */
final class History {
  private final @Nullable HistoryFile file;
  private final List<HistoryEntry> entries = new ArrayList<>(); // guarded by this
  private int session = 1; // guarded by this
  private boolean isOpen; // guarded by this

  /**
   * @param file keeps the cells for later sessions; null if nothing is to be kept
   */
  History(@Nullable HistoryFile file) {
    this.file = file;
  }

  synchronized void add(int line, String input, @Nullable String output) {
    open();
    HistoryEntry entry = new HistoryEntry(session, line, input, output);
    entries.add(entry);
    if (file != null) {
      file.append(entry);
    }
  }

  /** At the first use: no kernel starts later for it. */
  private void open() {
    if (!isOpen && file != null) {
      entries.addAll(file.earlier());
      session = file.session();
    }
    isOpen = true;
  }

  /** The content of the reply to a history_request. */
  synchronized JsonObject answer(Message request) {
    open();
    List<HistoryEntry> found =
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

  /** A session of 0 or less is relative to this one. */
  private List<HistoryEntry> range(Message request) {
    int asked = request.number("session", 0);
    int wanted = asked > 0 ? asked : session + asked;
    int start = request.number("start", 0);
    int stop = request.number("stop", Integer.MAX_VALUE);
    return entries.stream()
        .filter(e -> e.session() == wanted && e.line() >= start && e.line() < stop)
        .toList();
  }

  private List<HistoryEntry> search(Message request) {
    Pattern pattern = glob(request.text("pattern", "*"));
    List<HistoryEntry> found =
        entries.stream().filter(entry -> pattern.matcher(entry.input()).matches()).toList();
    if (request.flag("unique", false)) {
      Map<String, HistoryEntry> newest = new HashMap<>();
      found.forEach(entry -> newest.put(entry.input(), entry));
      found = found.stream().filter(entry -> entry.equals(newest.get(entry.input()))).toList();
    }
    return last(found, request.number("n", found.size()));
  }

  private static List<HistoryEntry> last(List<HistoryEntry> list, int n) {
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

  private static JsonArray json(HistoryEntry entry, boolean withOutput) {
    JsonArray json = new JsonArray();
    json.add(entry.session());
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
