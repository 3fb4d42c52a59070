package dev.trestle.kernel.engine;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands above a class of the notebook: its package and its imports. JShell makes an import of
 * each variable, method and class, and javac resolves all of them for each class: with a hundred
 * variables that takes longer than all else. So code gets those that it could mean.
 */
final class Imports {
  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  private final List<String> lines; // the package, and each import, with what is behind it

  /**
   * @param text as JShell writes it
   */
  Imports(String text) {
    this.lines = List.of(text.split("(?<=;)"));
  }

  /** The package, and the imports whose names are in the code; all names there could be of a *. */
  String of(String code) {
    if (code.contains("\\u")) {
      return String.join("", lines); // a name can be written in such escapes
    }
    Set<String> names =
        NAME.matcher(code).results().map(MatchResult::group).collect(Collectors.toSet());
    return lines.stream().filter(line -> isFor(names, line)).collect(Collectors.joining());
  }

  private static boolean isFor(Set<String> names, String line) {
    if (!line.strip().startsWith("import ")) {
      return true;
    }
    String name = line.substring(line.lastIndexOf('.') + 1).replace(";", "").strip();
    return name.equals("*") ? !names.isEmpty() : names.contains(name);
  }
}
