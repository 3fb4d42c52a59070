package dev.trestle.ingest;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * How the text is cut into records and fields: the options, with Tablesaw's defaults filled in.
 *
 * @param separator between fields
 * @param quote around a field; doubled, it stands for itself
 * @param escape before a quote inside quotes, when that is not the quote itself
 * @param comment starts a line that does not count, or null; "#" unless the options differ, as in
 *     Tablesaw
 * @param lineEnding a line ending of the options' own that no parser knows, or null
 * @param newline how lines end in this source
 * @param maxChars the longest field, or -1
 */
record Dialect(
    char separator,
    char quote,
    char escape,
    @Nullable Character comment,
    @Nullable String lineEnding,
    Newline newline,
    int maxChars) {

  private static final char QUOTE = '"';
  private static final char COMMENT = '#';

  /** How lines end; inside quotes, that ending reads as a single line feed. */
  enum Newline {
    LF,
    CRLF,
    CR
  }

  /**
   * The dialect of a source.
   *
   * @param head the source's first bytes, in which the first line ending counts
   */
  static Dialect of(CsvReadOptions options, byte[] head) {
    char separator = Objects.requireNonNullElse(options.separator(), ',');
    char quote = Objects.requireNonNullElse(options.quoteChar(), QUOTE);
    Character comment = options.commentPrefix();
    if (comment == null && separator != COMMENT && quote != COMMENT) {
      comment = COMMENT;
    }
    String ending = options.lineEnding();
    boolean usual = ending == null || ending.matches("\r\n|\r|\n");
    return new Dialect(
        separator,
        quote,
        Objects.requireNonNullElse(options.escapeChar(), quote),
        comment,
        usual ? null : ascii(ending, "lineEnding"),
        usual
            ? newline(ending == null ? head : ending.getBytes(StandardCharsets.US_ASCII))
            : Newline.LF,
        options.maxCharsPerColumn());
  }

  private static Newline newline(byte[] head) {
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n') {
        return Newline.LF;
      }
      if (head[i] == '\r') {
        return i + 1 < head.length && head[i + 1] == '\n' ? Newline.CRLF : Newline.CR;
      }
    }
    return Newline.LF;
  }

  private static String ascii(String text, String option) {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new CsvFormatException(
          option + " '" + text + "' is not ASCII; only ASCII characters are supported there");
    }
    return text;
  }

  /** Undoes what only this source has: its own line ending, an escape that is not a quote. */
  InputStream plain(InputStream source) {
    InputStream plain = source;
    if (lineEnding != null) {
      plain = new LineEndingStream(plain, lineEnding);
    }
    if (escape != quote) {
      String signs =
          ascii("" + separator + quote + escape, "escapeChar, with its separator and quote,");
      plain =
          new UnescapingStream(
              plain, (byte) signs.charAt(0), (byte) signs.charAt(1), (byte) signs.charAt(2));
    }
    return plain;
  }

  /** The byte that ends every record. */
  byte recordEnd() {
    return (byte) (newline == Newline.CR ? '\r' : '\n');
  }

  static byte[] encoded(char sign, Charset charset) {
    return String.valueOf(sign).getBytes(charset);
  }

  /**
   * A parser for records of this dialect.
   *
   * @param quotes whether a quote occurs in the text at all; without one, a faster parser will do
   */
  CsvReader.CsvReaderBuilder parser(boolean quotes) {
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(separator)
            .quoteCharacter(quote)
            .trimWhitespacesAroundQuotes(quotes)
            .allowUnclosedQuote(false)
            .maxBufferSize(Splitter.MAX_RECORD);
    return comment == null
        ? builder
        : builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment);
  }
}
