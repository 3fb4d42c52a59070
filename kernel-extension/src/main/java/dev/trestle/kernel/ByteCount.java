package dev.trestle.kernel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: {@code 512m}, {@code 2g}, {@code 1.5GiB}. */
final class ByteCount implements ITypeConverter<Long> {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgt])(?:i?b)?", Pattern.CASE_INSENSITIVE);

  @Override
  public Long convert(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("'%s' is no size such as 512m or 2g".formatted(text));
    }
    int shift = 10 * (1 + "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)));
    return Math.round(Double.parseDouble(matcher.group(1)) * (1L << shift));
  }
}
