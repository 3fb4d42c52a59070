package dev.trestle.kernel;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %%parallel}. */
@Command(
    customSynopsis = "%%%%parallel TABLE [by=COLUMN[,COLUMN]|parts=NUMBER] [as=NAME] [into=NAME]",
    description = {
      "Runs the cell once for each group or part of a table, in the workers.",
      "Its last expression is its result: tables are put together in shared memory, other values"
          + " become a list."
    })
final class ParallelMagic implements CellMagic {
  private static final List<String> WORDS = List.of("by=", "as=", "into=", "parts=");

  @Parameters(
      arity = "1..*",
      paramLabel = "WORD",
      description = {
        "TABLE: a variable, or the name of a shared table",
        "by=COLUMN: a group is the rows with the same value there",
        "parts=NUMBER: without by=, how many parts (as many as workers)",
        "as=NAME: what the cell calls its part (part)",
        "into=NAME: the variable that the result goes into"
      })
  private List<String> words = List.of();

  private List<String> by = List.of();
  private String part = "part";
  private @Nullable String into;
  private int parts;

  @Override
  public List<String> words() {
    return WORDS;
  }

  @Override
  public void run(Host host, String body) throws Exception {
    String table = read();
    CellBlock block = CellBlock.of(host, body);
    String over =
        host.variableNames().contains(table) ? table : "\"" + table.replace("\"", "") + "\"";
    String call =
        "dev.trestle.kernel.ParallelCell.over(%s).by(java.util.List.of(%s)).parts(%d).into(%s)"
            .formatted(over, quoted(by), parts, into == null ? "null" : "\"" + into + "\"");
    String before =
        "%s%s.run((tech.tablesaw.api.Table %s) -> {"
            .formatted(into == null ? "" : "var " + into + " = ", call, part);
    Object result = block.run(before, "});");
    if (into == null && result != null) {
      host.showResult(result);
    } else if (into != null) {
      host.screen().say(into + " is " + brief(host.run(into)));
    }
  }

  private static String brief(@Nullable Object value) {
    return value instanceof List<?> list
        ? "a list of %,d values".formatted(list.size())
        : CellLines.brief(String.valueOf(value));
  }

  private static String quoted(List<String> names) {
    return names.stream()
        .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(","));
  }

  /** Reads the words; returns the table. */
  private String read() {
    String table = null;
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? "" : word.substring(0, equals);
      String value = word.substring(equals + 1);
      if (value.isEmpty() || !seen.add(key)) {
        throw new MagicMistake("does not take '%s'.".formatted(word));
      }
      switch (key) {
        case "" -> table = value;
        case "by" -> by = Arrays.asList(value.split(",", -1));
        case "as" -> part = name(value);
        case "into" -> into = name(value);
        case "parts" -> parts = number(value);
        default -> throw new MagicMistake("does not take '%s='.".formatted(key));
      }
    }
    if (table == null) {
      throw new MagicMistake("wants a table.");
    }
    return table;
  }

  private static String name(String value) {
    if (!SourceVersion.isName(value) || value.contains(".")) {
      throw new MagicMistake("cannot call a variable '%s'.".formatted(value));
    }
    return value;
  }

  private static int number(String value) {
    if (!value.matches("[1-9][0-9]{0,6}")) {
      throw new MagicMistake("wants a number of parts, not '%s'.".formatted(value));
    }
    return Integer.parseInt(value);
  }
}
