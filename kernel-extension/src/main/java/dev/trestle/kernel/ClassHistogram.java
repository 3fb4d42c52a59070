package dev.trestle.kernel;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The live objects of this JVM by class.
 *
 * @param classes by name, as a Java programmer writes it
 */
record ClassHistogram(Map<String, Objects> classes) {
  /** Objects of one class; the bytes without what they refer to. */
  record Objects(long count, long bytes) {
    static final Objects NONE = new Objects(0, 0);
  }

  /** What became of one class from one look to the next. */
  record Change(String name, long count, long bytes, Objects now) {}

  /** {@code 12: 345 6789 [B (java.base@25)}. */
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  /** {@code REPL.$JShell$12B$Point}, up to the user's own name. */
  private static final Pattern WRAPPER = Pattern.compile("^REPL\\.\\$JShell\\$\\w+\\$");

  ClassHistogram {
    classes = Map.copyOf(classes);
  }

  /** Collects garbage, then counts: some tenths of a second for each GiB of heap. */
  static ClassHistogram take() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return parse(String.valueOf(text));
    } catch (JMException e) {
      throw new IllegalStateException(
          "this JVM does not tell what is on its heap: it has no GC.class_histogram command", e);
    }
  }

  static ClassHistogram parse(String text) {
    Map<String, Objects> classes = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        Objects found =
            new Objects(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        // Classes of one name come from several loaders, and from cells run again.
        classes.merge(
            name(matcher.group(3)),
            found,
            (a, b) -> new Objects(a.count + b.count, a.bytes + b.bytes));
      }
    }
    return new ClassHistogram(classes);
  }

  /** {@code [[B} as {@code byte[][]}; a notebook's class by the name that the notebook gave it. */
  static String name(String internal) {
    int dimensions = 0;
    while (internal.startsWith("[", dimensions)) {
      dimensions++;
    }
    String element = internal.substring(dimensions);
    if (dimensions > 0) {
      element =
          switch (element.charAt(0)) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            default -> element.substring(1, element.length() - 1);
          };
    }
    return WRAPPER.matcher(element).replaceFirst("") + "[]".repeat(dimensions);
  }

  Objects of(String name) {
    return classes.getOrDefault(name, Objects.NONE);
  }

  /** All objects together. */
  Objects total() {
    return classes.values().stream()
        .reduce(Objects.NONE, (a, b) -> new Objects(a.count + b.count, a.bytes + b.bytes));
  }

  /** The names with the most bytes first. */
  List<String> largestFirst() {
    return classes.keySet().stream()
        .sorted(Comparator.comparingLong((String name) -> of(name).bytes).reversed())
        .toList();
  }

  /** What changed since an earlier look: the largest changes first, either way. */
  List<Change> since(ClassHistogram earlier) {
    Set<String> names = new HashSet<>(classes.keySet());
    names.addAll(earlier.classes.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Objects now = of(name);
      Objects then = earlier.of(name);
      if (!now.equals(then)) {
        changes.add(new Change(name, now.count - then.count, now.bytes - then.bytes, now));
      }
    }
    changes.sort(
        Comparator.comparingLong((Change change) -> Math.abs(change.bytes))
            .reversed()
            .thenComparing(Change::name));
    return changes;
  }
}
