package dev.trestle.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;
import java.util.function.Consumer;

/** A place below a cell whose content changes while the cell runs. For one thread at a time. */
final class LiveOutput {
  private final String id = UUID.randomUUID().toString();
  private final Consumer<DisplayData> display;
  private final Consumer<DisplayData> update;
  private boolean isShown;

  /**
   * @param display takes what is shown for the first time
   * @param update takes what is shown in its place, under the same display id
   */
  LiveOutput(Consumer<DisplayData> display, Consumer<DisplayData> update) {
    this.display = display;
    this.update = update;
  }

  boolean isShown() {
    return isShown;
  }

  void put(String text, String html) {
    DisplayData data = new DisplayData(text);
    data.putHTML(html);
    data.setDisplayId(id);
    (isShown ? update : display).accept(data);
    isShown = true;
  }
}
