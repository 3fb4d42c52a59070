package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.CodeHelp;
import dev.trestle.kernel.engine.CodeHelp.Completions;
import dev.trestle.kernel.engine.Completeness;
import dev.trestle.kernel.protocol.Message;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.stream.Collectors;
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
    String text = MagicQuestions.help(code, cursor, language);
    if (text == null) {
      text =
          help.inspect(language.javaOf(code), cursor).stream()
              .map(Questions::text)
              .collect(Collectors.joining("\n\n"));
    }
    DisplayData shown = new DisplayData();
    if (!text.isEmpty()) {
      shown.putText(text);
    }
    JsonObject content = MimeBundle.json(shown);
    content.remove("transient");
    content.addProperty("status", "ok");
    content.addProperty("found", !text.isEmpty());
    return content;
  }

  private static String text(Documentation documentation) {
    String javadoc = documentation.javadoc();
    return javadoc == null ? documentation.signature() : documentation.signature() + "\n" + javadoc;
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
