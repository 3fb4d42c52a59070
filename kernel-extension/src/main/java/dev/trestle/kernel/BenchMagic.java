package dev.trestle.kernel;

import dev.trestle.kernel.CpuClock.Spent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %%bench}. */
@Command(
    description = {
      "Runs the cell again and again and tells median and spread. Variables that it declares are"
          + " its own."
    })
final class BenchMagic implements CellMagic {
  @Option(names = "--runs", paramLabel = "N", description = "How many runs are timed (10).")
  private int runs = 10;

  @Option(names = "--warmup", paramLabel = "N", description = "How many run before (3).")
  private int warmup = 3;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "No run begins after this time, if one was timed (1m).")
  private Duration limit = Duration.ofMinutes(1);

  @Override
  public void run(Host host, String body) throws Exception {
    if (runs < 1 || warmup < 0) {
      throw new MagicMistake("wants 1 run or more, not --runs " + runs + " --warmup " + warmup);
    }
    CellBlock block = CellBlock.of(host, body);
    String key = Handover.leave(new BenchedCode.Box());
    BenchedCode code;
    try {
      BenchedCode.Box box = Handover.take(key);
      block.run("dev.trestle.kernel.BenchedCode.keep(\"%s\", () -> {".formatted(key), "});");
      code = box.code();
    } finally {
      Handover.forget(key);
    }
    List<Spent> timed = time(host, code);
    Listing list = list(timed);
    host.screen().show(summary(timed) + "\n" + list.text(), html(timed, list));
  }

  /** On a thread of the cell, in one call of notebook code: so that an interrupt ends it. */
  private List<Spent> time(Host host, BenchedCode code) throws Exception {
    List<Spent> timed = new ArrayList<>();
    String key = Handover.leave((Runnable) () -> repeat(code, timed));
    try {
      host.run("dev.trestle.kernel.Handover.<Runnable>take(\"%s\").run();".formatted(key));
    } finally {
      Handover.forget(key);
    }
    return timed;
  }

  private void repeat(BenchedCode code, List<Spent> timed) {
    long end = System.nanoTime() + limit.toNanos();
    for (int i = 0; i < warmup && System.nanoTime() < end; i++) {
      code.run();
    }
    for (int i = 0; i < runs && (timed.isEmpty() || System.nanoTime() < end); i++) {
      CpuClock before = CpuClock.now();
      code.run();
      timed.add(CpuClock.now().since(before));
    }
  }

  private static String summary(List<Spent> timed) {
    return "median %s of %d %s, quartiles %s to %s"
        .formatted(
            format(timed, Spent::wall, 0.5),
            timed.size(),
            timed.size() == 1 ? "run" : "runs",
            format(timed, Spent::wall, 0.25),
            format(timed, Spent::wall, 0.75));
  }

  private static Listing list(List<Spent> timed) {
    Listing list =
        new Listing("time", "#least", "#quartile", "#median", "#quartile", "#most", "#spread");
    add(list, "wall", timed, Spent::wall);
    add(list, "processors, kernel", timed, Spent::kernel);
    add(list, "processors, workers", timed, Spent::workers);
    return list;
  }

  private static void add(
      Listing list, String name, List<Spent> timed, Function<Spent, Duration> figure) {
    double median = quantile(timed, figure, 0.5);
    double range = quantile(timed, figure, 0.75) - quantile(timed, figure, 0.25);
    list.add(
        name,
        format(timed, figure, 0),
        format(timed, figure, 0.25),
        format(timed, figure, 0.5),
        format(timed, figure, 0.75),
        format(timed, figure, 1),
        median == 0 ? "" : String.format(Locale.ROOT, "± %.1f %%", 50 * range / median));
  }

  private static String html(List<Spent> timed, Listing list) {
    Html html = new Html();
    html.open("div").element("div", summary(timed)).newline();
    list.writeTo(html);
    return html.close().finish();
  }

  private static String format(
      List<Spent> timed, Function<Spent, Duration> figure, double quantile) {
    return TimeSpan.format(Duration.ofNanos(Math.round(quantile(timed, figure, quantile))));
  }

  /** Between the two nearest, in proportion. */
  static double quantile(List<Spent> timed, Function<Spent, Duration> figure, double quantile) {
    long[] sorted = timed.stream().mapToLong(spent -> figure.apply(spent).toNanos()).toArray();
    Arrays.sort(sorted);
    double place = quantile * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
