package dev.trestle.kernel;

import dev.trestle.kernel.CpuClock.Spent;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code %%time}. */
@Command(description = "Runs the cell and tells the time it took, of clock and processors.")
final class TimeMagic implements CellMagic {
  @Override
  public void run(Host host, String body) throws Exception {
    CpuClock before = CpuClock.now();
    @Nullable Object result;
    try {
      result = host.run("\n" + body);
    } catch (Exception e) {
      say(host, CpuClock.now().since(before));
      throw e;
    }
    Spent spent = CpuClock.now().since(before);
    if (result != null) {
      host.showResult(result);
    }
    say(host, spent);
  }

  private static void say(Host host, Spent spent) {
    host.screen()
        .say(
            "wall %s, processors %s: kernel %s, workers %s (%s of one busy)"
                .formatted(
                    TimeSpan.format(spent.wall()),
                    TimeSpan.format(spent.cpu()),
                    TimeSpan.format(spent.kernel()),
                    TimeSpan.format(spent.workers()),
                    percent(spent.cpu(), spent.wall())));
  }

  private static String percent(Duration part, Duration whole) {
    double share = (double) part.toNanos() / Math.max(1, whole.toNanos());
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
