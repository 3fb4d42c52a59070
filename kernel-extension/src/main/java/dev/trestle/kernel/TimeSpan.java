package dev.trestle.kernel;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: {@code 50ms}, {@code 1.5s}, {@code 2m}; and as they read them. */
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern WRITTEN = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|min)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException("'%s' is no time such as 50ms, 2s or 1m".formatted(text));
    }
    double unit =
        switch (matcher.group(2)) {
          case "ms" -> 1e6;
          case "s" -> 1e9;
          default -> 60e9;
        };
    Duration time = Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unit));
    if (time.isZero()) {
      throw new TypeConversionException("'%s' is no time at all".formatted(text));
    }
    return time;
  }

  /** Three significant digits and a unit: {@code 850 ns}, {@code 12.3 ms}, {@code 4.56 s}. */
  static String format(Duration time) {
    double nanos = time.toNanos();
    if (nanos < 999.5) {
      return time.toNanos() + " ns";
    }
    if (nanos < 999.5e3) {
      return digits(nanos / 1e3) + " µs";
    }
    return nanos < 999.5e6 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  private static String digits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
