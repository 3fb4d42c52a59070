package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.CodeHelp;
import dev.trestle.kernel.engine.CodeHelp.Completions;
import dev.trestle.kernel.engine.Completeness;
import dev.trestle.kernel.javadoc.Javadoc;
import dev.trestle.kernel.protocol.Message;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** The replies to requests about code. Positions in messages count code points. */
final class Questions {
  private Questions() {}

  static JsonObject complete(Message request, CodeHelp help, Language language) {
    String code = request.text("code", "");
    int cursor = cursor(request, code);
    Completions found = MagicQuestions.complete(code, cursor, language);
    if (found == null) {
      found = help.complete(language.javaOf(code), cursor);
    }
    JsonObject content = Json.of("status", "ok");
    JsonArray matches = new JsonArray();
    found.matches().forEach(matches::add);
    content.add("matches", matches);
    content.addProperty("cursor_start", code.codePointCount(0, found.start()));
    content.addProperty("cursor_end", code.codePointCount(0, found.end()));
    content.add("metadata", new JsonObject());
    return content;
  }

  static JsonObject inspect(Message request, CodeHelp help, Language language) {
    String code = request.text("code", "");
    int cursor = cursor(request, code);
    DisplayData shown = new DisplayData();
    String magic = MagicQuestions.help(code, cursor, language);
    if (magic == null) {
      show(help.inspect(language.javaOf(code), cursor), shown);
    } else {
      shown.putText(magic);
    }
    JsonObject content = MimeBundle.json(shown);
    content.remove("transient");
    content.addProperty("status", "ok");
    content.addProperty("found", !content.getAsJsonObject("data").entrySet().isEmpty());
    return content;
  }

  private static void show(List<Documentation> found, DisplayData shown) {
    List<String> texts = new ArrayList<>();
    StringBuilder html = new StringBuilder();
    for (Documentation each : found) {
      String signature = each.signature();
      Javadoc javadoc = each.javadoc() == null ? null : Javadoc.of(each.javadoc());
      texts.add(javadoc == null ? signature : signature + "\n" + javadoc.text());
      html.append("<pre>").append(Javadoc.escaped(signature)).append("</pre>\n");
      html.append(javadoc == null ? "" : javadoc.html() + "\n");
    }
    if (!found.isEmpty()) {
      shown.putText(String.join("\n\n", texts));
      shown.putHTML(html.toString());
    }
  }

  static JsonObject isComplete(Message request, CodeHelp help, Language language) {
    String code = request.text("code", "");
    Completeness found =
        language.isMagicWithoutBody(code)
            ? new Completeness.Incomplete("")
            : help.completeness(language.javaOf(code));
    return switch (found) {
      case Completeness.Complete complete -> Json.of("status", "complete");
      case Completeness.Invalid invalid -> Json.of("status", "invalid");
      case Completeness.Incomplete incomplete -> {
        JsonObject content = Json.of("status", "incomplete");
        content.addProperty("indent", incomplete.indent());
        yield content;
      }
    };
  }

  private static int cursor(Message request, String code) {
    int points = code.codePointCount(0, code.length());
    int cursor = Math.clamp(request.number("cursor_pos", points), 0, points);
    return code.offsetByCodePoints(0, cursor);
  }
}
