package dev.trestle.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes Java of code with magics: {@code %name word word} on a line of its own or behind an equals
 * sign, {@code %%name word word} above a whole cell, below comments at most, and either with a
 * question mark for help. What stands in strings, text blocks and comments is left alone, and lines
 * keep their numbers.
 */
final class MagicLines {
  private static final Pattern CELL =
      Pattern.compile(
          "(?<before>(?:\\s++|//[^\\r\\n]*\\R)*+)%%(?<name>\\w[\\w.-]*)(?<help>\\??)"
              + "[ \\t]*(?<words>[^\\r\\n]*)(?:\\R(?<body>.*))?",
          Pattern.DOTALL);

  private static final Pattern LINE =
      Pattern.compile("%(\\w[\\w.-]*)(\\??)(?:[ \\t]+([^\\r\\n]*))?(?=[\\r\\n]|$)");

  /** What a scan steps over: nothing in it is a magic. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\r\\n])*\"|'(?:\\\\.|[^'\\\\\\r\\n])+'"
              + "|//[^\\r\\n]*|/\\*.*?\\*/",
          Pattern.DOTALL);

  /** A class file holds strings of 65,535 bytes at most, and a char takes up to three. */
  private static final int LONGEST_CONSTANT = 20_000;

  private MagicLines() {}

  /** The code as Java. */
  static String toJava(String code) {
    Matcher cell = CELL.matcher(code);
    if (cell.matches()) {
      if (!cell.group("help").isEmpty()) {
        return call("lineMagic", "%" + cell.group("name") + "?", List.of());
      }
      String body = cell.group("body") == null ? "" : cell.group("body");
      return "cellMagic(%s,%s,%s);{};"
          .formatted(
              literal(cell.group("name")),
              list(split(cell.group("words"))),
              literal(cell.group("before").replaceAll("[^\\r\\n]", "") + body));
    }
    return lines(
        code, magic -> call("lineMagic", magic.group(1) + magic.group(2), split(rest(magic))));
  }

  /**
   * The Java in a cell's text, each character in its place: magics are blank.
   *
   * @param isJava whether a cell magic of this name has Java below it
   */
  static String blank(String code, Predicate<String> isJava) {
    Matcher cell = CELL.matcher(code);
    if (cell.matches()) {
      int body =
          cell.group("body") != null && isJava.test(cell.group("name"))
              ? cell.start("body")
              : code.length();
      return spaces(code.substring(0, body)) + blank(code.substring(body), isJava);
    }
    return lines(code, magic -> spaces(magic.group()));
  }

  /** The name of the magic that the cell begins with and that has nothing below it yet. */
  static Optional<String> beginning(String code) {
    Matcher cell = CELL.matcher(code);
    boolean isAlone =
        cell.matches() && (cell.group("body") == null || cell.group("body").isBlank());
    return isAlone && cell.group("help").isEmpty()
        ? Optional.of(cell.group("name"))
        : Optional.empty();
  }

  private static String spaces(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }

  private static String lines(String code, Function<MatchResult, String> replacement) {
    if (code.indexOf('%') < 0) {
      return code;
    }
    StringBuilder java = new StringBuilder();
    Matcher opaque = OPAQUE.matcher(code);
    Matcher magic = LINE.matcher(code);
    int at = 0;
    while (at < code.length()) {
      if (opaque.region(at, code.length()).lookingAt()) {
        java.append(opaque.group());
        at = opaque.end();
      } else if (code.charAt(at) == '%'
          && mayBegin(code, at)
          && magic.region(at, code.length()).lookingAt()) {
        java.append(replacement.apply(magic.toMatchResult()));
        at = magic.end();
      } else {
        java.append(code.charAt(at++));
      }
    }
    return java.toString();
  }

  private static String rest(MatchResult magic) {
    String group = magic.group(3);
    return group == null ? "" : group;
  }

  /** First on its line, or behind an equals sign. */
  private static boolean mayBegin(String code, int at) {
    int before = at - 1;
    while (before >= 0 && (code.charAt(before) == ' ' || code.charAt(before) == '\t')) {
      before--;
    }
    return before < 0 || code.charAt(before) == '\n' || code.charAt(before) == '=';
  }

  private static String call(String function, String name, List<String> arguments) {
    return "%s(%s,%s);{};".formatted(function, literal(name), list(arguments));
  }

  private static String list(List<String> words) {
    return words.stream()
        .map(MagicLines::literal)
        .collect(Collectors.joining(",", "java.util.List.of(", ")"));
  }

  /**
   * The words of a line; double quotes hold one together. What stands behind an equals sign of its
   * own is Java, and stays as it is.
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isQuoted = false;
    boolean isWord = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
        isWord = true;
      } else if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        word.append(line.charAt(++i));
        isWord = true;
      } else if (!isQuoted && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
          word.setLength(0);
          isWord = false;
        }
      } else if (c == '=' && !isWord && line.substring(i + 1).matches("(\\s.*)?")) {
        words.add("=");
        String java = line.substring(i + 1).strip();
        return java.isEmpty() ? words : plus(words, java);
      } else {
        word.append(c);
        isWord = true;
      }
    }
    return isWord ? plus(words, word.toString()) : words;
  }

  private static List<String> plus(List<String> words, String last) {
    words.add(last);
    return words;
  }

  private static String literal(String text) {
    if (text.length() > LONGEST_CONSTANT) {
      // Not with a plus sign: the compiler would make one constant of it.
      return "%s.concat(%s)"
          .formatted(
              literal(text.substring(0, LONGEST_CONSTANT)),
              literal(text.substring(LONGEST_CONSTANT)));
    }
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        default -> {
          if (c < ' ' || c == 0x7f) {
            literal.append("\\%03o".formatted((int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }
}
