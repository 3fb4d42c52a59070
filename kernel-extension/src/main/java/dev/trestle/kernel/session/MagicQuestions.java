package dev.trestle.kernel.session;

import dev.trestle.kernel.engine.CodeHelp.Completions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What there is to say about magics; positions in chars. */
final class MagicQuestions {
  private static final Pattern NAME = Pattern.compile("(?:^|\\n)[ \\t]*(%%?)([\\w.-]*)$");

  /** A word behind the name; behind an equals sign of its own there is Java. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?:^|\\n)[ \\t]*(%%?)([\\w.-]+)[ \\t]+((?:(?!=[ \\t])\\S+[ \\t]+)*)([^\\s=]*)$");

  private static final Pattern WHOLE_NAME = Pattern.compile("(%%?[\\w.-]+)\\??");

  private MagicQuestions() {}

  /** Null if the cursor is not in the line of a magic. */
  static @Nullable Completions complete(String code, int cursor, Language language) {
    String until = code.substring(0, cursor);
    Matcher name = NAME.matcher(until);
    if (name.find()) {
      boolean ofCells = name.group(1).length() == 2;
      return matches(
          isInPlace(ofCells, until, name) ? language.magics(ofCells) : List.of(),
          name.group(1),
          name.group(2),
          cursor);
    }
    Matcher word = WORD.matcher(until);
    if (word.find()) {
      boolean ofCells = word.group(1).length() == 2;
      List<String> given = List.of(word.group(3).split("\\s+"));
      return matches(
          isInPlace(ofCells, until, word)
              ? language.magicWords(word.group(2), ofCells).stream()
                  .filter(each -> !given.contains(each))
                  .toList()
              : List.of(),
          "",
          word.group(4),
          cursor);
    }
    return null;
  }

  /** A cell magic stands at the top. */
  private static boolean isInPlace(boolean ofCells, String until, Matcher magic) {
    return !ofCells || until.substring(0, magic.start(1)).isBlank();
  }

  private static Completions matches(List<String> words, String sign, String begun, int cursor) {
    List<String> matches =
        words.stream()
            .filter(word -> word.startsWith(begun))
            .sorted()
            .map(word -> sign + word)
            .toList();
    return new Completions(matches, cursor - begun.length() - sign.length(), cursor);
  }

  /** How the magic in whose line the cursor is is used; null if it is in none. */
  static @Nullable String help(String code, int cursor, Language language) {
    int begin = code.lastIndexOf('\n', Math.max(0, cursor - 1)) + 1;
    int end = code.indexOf('\n', cursor);
    String line = code.substring(Math.min(begin, cursor), end < 0 ? code.length() : end).strip();
    Matcher name = WHOLE_NAME.matcher(line);
    return name.lookingAt() ? language.magicHelp(name.group(1)) : null;
  }
}
