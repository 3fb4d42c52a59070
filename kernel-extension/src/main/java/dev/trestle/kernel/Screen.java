package dev.trestle.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.function.Consumer;

/**
 * Where magics put what they have to say. IJava throws away what a line magic returns, so a magic
 * displays by itself.
 *
 * @param display takes what belongs under the cell
 * @param errors takes what belongs on the cell's error stream
 */
record Screen(Consumer<DisplayData> display, Consumer<String> errors) {

  void show(String text, String html) {
    DisplayData data = new DisplayData(text);
    data.putHTML(html);
    display.accept(data);
  }

  void say(String sentence) {
    // Several lines, as help has, keep their columns.
    String tag = sentence.contains("\n") ? "pre" : "div";
    show(sentence, new Html().element(tag, sentence).finish());
  }

  /**
   * Tells of a magic written wrongly. Not an exception, since that would drag IJava's own frames
   * into the cell.
   */
  void complain(String message) {
    errors.accept(message);
  }
}
