package dev.trestle.kernel.javadoc;

/**
 * As plain text. Spaces and line breaks are as HTML has them: only those of preformatted text
 * count.
 */
final class TextOutline implements Outline {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  /** Line breaks that come before the next word, and a space if there are none. */
  private int breaks;

  private boolean space;
  private int lists;
  private int preformatted;
  private boolean atStart;
  private boolean atItem;

  @Override
  public void words(String words) {
    if (preformatted > 0) {
      lines(words);
      return;
    }
    for (int i = 0; i < words.length(); i++) {
      if (Character.isWhitespace(words.charAt(i))) {
        space = true;
      } else {
        put(words.substring(i, i + 1));
      }
    }
  }

  /** The empty lines at the start of preformatted text are none of it. */
  private void lines(String some) {
    String[] lines = some.split("\n", -1);
    boolean isPartOfLine = lines.length == 1 && !atStart;
    for (int i = 0; i < lines.length; i++) {
      if (i > 0 && !atStart) {
        breaks++;
      }
      if (isPartOfLine || !lines[i].isBlank()) {
        put(lines[i]);
        atStart = false;
      }
    }
  }

  private void put(String some) {
    if (!atItem && !text.isEmpty()) {
      if (breaks > 0) {
        text.append("\n".repeat(breaks)).append(INDENT.repeat(lists));
      } else if (space && preformatted == 0) {
        text.append(' ');
      }
    }
    breaks = 0;
    space = false;
    atItem = false;
    text.append(some);
  }

  private void breaks(int least) {
    breaks = Math.max(breaks, least);
  }

  @Override
  public void start(String element) {
    switch (element) {
      case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table" -> breaks(2);
      case "br", "tr", "dt", "caption" -> breaks(1);
      case "pre" -> {
        breaks(2);
        preformatted++;
        atStart = true;
      }
      case "ul", "ol", "dl" -> {
        breaks(1);
        lists++;
      }
      case "li", "dd" -> item();
      case "th", "td" -> words(INDENT);
      case "sup" -> put("^");
      default -> {}
    }
  }

  private void item() {
    atItem = false;
    breaks(1);
    lists--;
    put("- ");
    lists++;
    atItem = true; // its text comes behind the dash, though it may begin with a paragraph
  }

  @Override
  public void end(String element) {
    switch (element) {
      case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table" -> breaks(2);
      case "pre" -> {
        preformatted = Math.max(0, preformatted - 1);
        breaks = 2;
      }
      case "ul", "ol", "dl" -> {
        lists = Math.max(0, lists - 1);
        breaks(lists == 0 ? 2 : 1);
      }
      default -> {}
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
