package dev.trestle.bench;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a long job gets on: one line per phase with its time and outcome, and on a terminal a
 * moving bar until then. In a log file no bar is drawn, so that it stays readable.
 */
public final class Phases {
  /** For a phase whose length is not known beforehand. */
  public static final long UNKNOWN = -1;

  private static final int NAME_WIDTH = 36;
  // Given to the progress bar, so that it need not load a native library to ask the terminal.
  private static final int BAR_WIDTH = 78;

  private final PrintStream out;
  private final boolean terminal;

  /** Lines go to the stream; bars too, if a person is watching a terminal. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  public static Phases on(PrintStream out) {
    Console console = System.console();
    return new Phases(out, console != null && console.isTerminal());
  }

  Phases(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Begins a phase; one at a time.
   *
   * @param name what is being done
   * @param total what {@link Phase#accept} will count up to, or {@link #UNKNOWN}
   */
  public Phase begin(String name, long total) {
    return new Phase(name, total);
  }

  /** A phase that is under way. Close it without {@link #done} and it counts as failed. */
  public final class Phase implements LongConsumer, AutoCloseable {
    private final String name;
    private final long start = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private boolean ended;

    private Phase(String name, long total) {
      this.name = name;
      this.bar = terminal ? bar(name, total) : null;
      if (bar == null) {
        out.print(padded());
        out.flush();
      }
    }

    /** How far it has come, of the total. */
    @Override
    public void accept(long reached) {
      if (bar != null) {
        bar.stepTo(reached);
      }
    }

    /** Ends the phase with what came out of it, in a few words. */
    public void done(String outcome) {
      double seconds = (System.nanoTime() - start) / 1e9;
      end(String.format(Locale.ROOT, "%6.2f s  %s", seconds, outcome));
    }

    @Override
    public void close() {
      if (!ended && !Interruption.isUnderWay()) {
        end("failed");
      }
    }

    private void end(String text) {
      ended = true;
      if (bar != null) {
        bar.close();
        out.print("\r" + " ".repeat(BAR_WIDTH) + "\r" + padded());
      }
      out.println(text);
    }

    private String padded() {
      return ("%-" + NAME_WIDTH + "s ").formatted(name);
    }

    private ProgressBar bar(String name, long total) {
      return new ProgressBarBuilder()
          .setTaskName(name)
          .setInitialMax(total)
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(100)
          .continuousUpdate()
          .hideEta()
          .setConsumer(new DelegatingProgressBarConsumer(line -> out.print("\r" + line), BAR_WIDTH))
          .build();
    }
  }
}
