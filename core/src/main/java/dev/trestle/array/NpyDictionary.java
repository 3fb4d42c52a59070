package dev.trestle.array;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Python dictionary in a {@code .npy} header: three keys in any order, {@code descr},
 * {@code fortran_order} and {@code shape}.
 */
final class NpyDictionary {
  private final Path path;
  private final String text;
  private int at;
  private @Nullable ElementType type;
  private @Nullable Boolean fortranOrder;
  private @Nullable Shape shape;

  NpyDictionary(Path path, String text) {
    this.path = path;
    this.text = text.strip();
  }

  NpyHeader header(long dataOffset) {
    expect("{");
    while (!take("}")) {
      entry();
      if (!take(",")) {
        expect("}");
        break;
      }
    }
    if (at != text.length() || type == null || fortranOrder == null || shape == null) {
      throw malformed("not exactly the keys 'descr', 'fortran_order' and 'shape'");
    }
    // With one long axis at most, both orders are the same.
    if (fortranOrder && Arrays.stream(shape.lengths()).filter(length -> length > 1).count() > 1) {
      throw new NpyFormatException(
          path
              + " is in Fortran order, which cannot be mapped as it is; in Python:"
              + " np.save(path, np.ascontiguousarray(a))");
    }
    return new NpyHeader(type, shape, dataOffset);
  }

  private void entry() {
    String key = string();
    expect(":");
    switch (key) {
      case "descr" -> type = type();
      case "fortran_order" -> {
        fortranOrder = take("True");
        if (!fortranOrder) {
          expect("False");
        }
      }
      case "shape" -> shape = shape();
      default -> throw malformed("the key '%s'".formatted(key));
    }
  }

  private ElementType type() {
    skipSpace();
    if (text.startsWith("[", at)) {
      throw new NpyFormatException(
          "%s holds structures (%s); save each field as an array of its own, or share a table"
              .formatted(path, excerpt()));
    }
    String descriptor = string();
    return ElementType.described(descriptor)
        .orElseThrow(() -> new NpyFormatException(path + " holds " + unsupported(descriptor)));
  }

  private static String unsupported(String descriptor) {
    String rest = descriptor.isEmpty() ? "" : descriptor.substring(1);
    if (descriptor.startsWith(">") && ElementType.described("<" + rest).isPresent()) {
      return "big-endian elements ('%s'), which cannot be mapped as they are; in Python:"
              .formatted(descriptor)
          + " np.save(path, a.astype('<%s'))".formatted(rest);
    }
    if (rest.startsWith("O")) {
      return "Python objects ('%s'), which only Python can read".formatted(descriptor);
    }
    return "elements of type '%s'; these can be mapped: %s"
        .formatted(
            descriptor, Arrays.stream(ElementType.values()).map(ElementType::numpyName).toList());
  }

  private Shape shape() {
    expect("(");
    var lengths = LongStream.builder();
    int count = 0;
    boolean comma = true;
    while (!take(")")) {
      if (!comma) {
        throw malformed("'%s' where ',' or ')' is due".formatted(excerpt()));
      }
      lengths.add(number());
      count++;
      comma = take(",");
    }
    if (count == 1 && !comma) {
      throw malformed("a shape that is a number and not a tuple");
    }
    try {
      return Shape.of(lengths.build().toArray());
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private long number() {
    skipSpace();
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    try {
      long number = Long.parseLong(text, at, end, 10);
      at = end;
      take("L"); // Python 2 wrote 5L for a long
      return number;
    } catch (NumberFormatException e) {
      throw malformed("'%s' where a length is due".formatted(excerpt()));
    }
  }

  private String string() {
    skipSpace();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw malformed("'%s' where a string is due".formatted(excerpt()));
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private void expect(String symbol) {
    if (!take(symbol)) {
      throw malformed("'%s' where '%s' is due".formatted(excerpt(), symbol));
    }
  }

  private boolean take(String symbol) {
    skipSpace();
    boolean there = text.startsWith(symbol, at);
    at += there ? symbol.length() : 0;
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String excerpt() {
    return text.substring(at, Math.min(at + 40, text.length()));
  }

  private NpyFormatException malformed(String found) {
    return new NpyFormatException(
        "%s has a damaged .npy header: %s, in %s"
            .formatted(path, found, text.substring(0, Math.min(text.length(), 200))));
  }
}
