package dev.trestle.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How a magic is written, for someone who wrote it another way.
 *
 * @param magic its name, without the percent sign
 * @param forms the forms it takes, each with what it does
 * @param words the option words among them
 */
record Usage(String magic, List<String> forms, List<String> words) {

  /** A magic without options. */
  static Usage plain(String magic, String purpose) {
    return new Usage(magic, List.of("%" + magic + "   " + purpose), List.of());
  }

  /** What to say about an argument that the magic does not take. */
  String complain(String argument) {
    StringBuilder text = new StringBuilder();
    text.append("%%%s does not take '%s'.".formatted(magic, argument));
    words.stream()
        .min(Comparator.comparingInt(w -> distance(w, argument)))
        .filter(w -> distance(w, argument) <= w.length() / 2)
        .ifPresent(w -> text.append(" Did you mean '%%%s %s'?".formatted(magic, w)));
    forms.forEach(f -> text.append("\n  ").append(f));
    return text.toString();
  }

  /** The fewest single-letter edits between two words (Levenshtein), whatever their case. */
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
