package dev.trestle.kernel.javadoc;

import java.util.Locale;

/** What a comment is written to, in its order. */
sealed interface Outline permits TextOutline, HtmlOutline {
  /** Text to be read, without markup. */
  void words(String text);

  /** The start of an element of HTML, by its name in small letters. */
  void start(String element);

  /** The end of an element; some that were started never end. */
  void end(String element);

  default void element(String element, String text) {
    start(element);
    words(text);
    end(element);
  }

  static String name(CharSequence element) {
    return element.toString().toLowerCase(Locale.ROOT);
  }
}
