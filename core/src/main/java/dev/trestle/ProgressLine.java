package dev.trestle;

import dev.trestle.worker.Progress;
import java.io.Console;
import java.io.PrintStream;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Draws how far a call is, in one line that is drawn over again; one call after the other. */
final class ProgressLine implements Consumer<Progress> {
  /** Given to the bar, so that it need not load a native library to ask the terminal. */
  private static final int WIDTH = 79;

  private final PrintStream out;
  private @Nullable ProgressBar bar;

  ProgressLine(PrintStream out) {
    this.out = out;
  }

  /** Whether a person is watching. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public synchronized void accept(Progress progress) {
    ProgressBar current = bar;
    if (current == null) {
      current = begin(progress);
      bar = current;
    }
    current.stepTo(progress.done());
    if (progress.failed() > 0) {
      current.setExtraMessage(" %,d failed".formatted(progress.failed()));
    }
    if (progress.isOver()) {
      bar = null;
      current.close();
      out.println();
    } else {
      current.refresh();
    }
  }

  private ProgressBar begin(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName("tasks")
        .setInitialMax(progress.total())
        .startsFrom(progress.done(), progress.elapsed())
        .setStyle(ProgressBarStyle.ASCII)
        // By its own clock it would draw from a thread of its own; the reports are clock enough.
        .setUpdateIntervalMillis(Integer.MAX_VALUE)
        .continuousUpdate()
        .showSpeed()
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
        .build();
  }

  private void draw(String line) {
    out.print("\r" + line);
    out.flush();
  }
}
