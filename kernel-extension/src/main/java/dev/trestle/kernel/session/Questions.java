package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.CodeHelp;
import dev.trestle.kernel.engine.CodeHelp.Completions;
import dev.trestle.kernel.engine.Completeness;
import dev.trestle.kernel.protocol.Message;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** The replies to requests about code. Positions in messages count code points. */
final class Questions {
  private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*(%%?)([\\w.-]*)$");

  private Questions() {}

  static JsonObject complete(Message request, CodeHelp help, Language language) {
    String code = request.text("code", "");
    int cursor = cursor(request, code);
    Completions found = magics(code, cursor, language);
    if (found == null) {
      found = help.complete(code, cursor);
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

  /** Null if the cursor is not in the name of a magic. */
  private static @org.jspecify.annotations.Nullable Completions magics(
      String code, int cursor, Language language) {
    Matcher magic = MAGIC.matcher(code.substring(0, cursor));
    if (!magic.find()) {
      return null;
    }
    boolean ofCells = magic.group(1).length() == 2;
    if (ofCells && !code.substring(0, magic.start(1)).isBlank()) {
      return new Completions(List.of(), cursor, cursor); // a cell magic stands at the top
    }
    List<String> matches =
        language.magics(ofCells).stream()
            .filter(name -> name.startsWith(magic.group(2)))
            .sorted()
            .map(name -> magic.group(1) + name)
            .toList();
    return new Completions(matches, magic.start(1), cursor);
  }

  static JsonObject inspect(Message request, CodeHelp help) {
    String code = request.text("code", "");
    List<Documentation> found = help.inspect(code, cursor(request, code));
    DisplayData shown = new DisplayData();
    if (!found.isEmpty()) {
      shown.putText(found.stream().map(Questions::text).collect(Collectors.joining("\n\n")));
    }
    JsonObject content = MimeBundle.json(shown);
    content.remove("transient");
    content.addProperty("status", "ok");
    content.addProperty("found", !found.isEmpty());
    return content;
  }

  private static String text(Documentation documentation) {
    String javadoc = documentation.javadoc();
    return javadoc == null ? documentation.signature() : documentation.signature() + "\n" + javadoc;
  }

  static JsonObject isComplete(Message request, CodeHelp help, Language language) {
    Completeness found = help.completeness(language.withoutMagics(request.text("code", "")));
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
