package dev.trestle.ingest;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.trestle.ingest.Batch.BadRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields of one chunk from the parser and makes of them what Tablesaw's reader would: no
 * white space around what is not quoted, single line feeds inside quotes, no blank lines.
 */
abstract class RecordHandler extends AbstractBaseCsvCallbackHandler<Boolean> {
  /** What {@link #buildRecord} says to have the next record parsed at once. */
  private static final @Nullable Boolean GO_ON = null;

  private final Dialect dialect;
  private final boolean unlimited;
  private final int maxChars;
  private final boolean keepsLineEnds;
  private char[] normalized = {};
  private boolean emptyFirst;
  private boolean blank;
  private boolean tooLong;
  private @Nullable BadRow bad;

  RecordHandler(Dialect dialect) {
    this.dialect = dialect;
    this.maxChars = dialect.maxChars();
    this.unlimited = maxChars < 0;
    this.keepsLineEnds = dialect.newline() == Dialect.Newline.LF;
  }

  /** A row begins. */
  abstract void begin();

  /** A field of the row, as it counts. The text is valid during the call only. */
  abstract void field(int position, char[] text, int at, int length);

  /**
   * The row is over.
   *
   * @param fields how many fields it had
   * @param isEmpty whether its only field is an empty one, in quotes
   * @return what is wrong with it, or null; the parsing ends there
   */
  abstract @Nullable String end(int fields, boolean isEmpty);

  /** Parses whole records. Returns the bad row that ended it early, or null. */
  @Nullable BadRow parse(byte[] bytes, int length, boolean hasQuotes, Charset charset) {
    InputStreamReader text =
        new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), charset);
    try (CsvReader<Boolean> parser = dialect.parser(hasQuotes).build(this, text)) {
      // Records are consumed as they come: there is a "next" one only where parsing must stop.
      return parser.iterator().hasNext() ? bad : null;
    } catch (CsvParseException malformed) {
      if (malformed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      return new BadRow(getStartingLineNumber(), reason(malformed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String reason(CsvParseException malformed) {
    String message = String.valueOf(malformed.getMessage());
    if (message.startsWith("Unclosed")) {
      return "a quote (" + dialect.quote() + ") is opened and never closed";
    }
    // The parser counts lines from the start of its chunk; the line is named in front.
    return message.replaceAll(" \\(record starting at line \\d+\\)", "")
        + "; is the quote sign really "
        + dialect.quote()
        + " (quoteChar), and is it doubled where it belongs to the text?";
  }

  /** How many lines the chunk had, once parsed: the next one would begin after those. */
  final long lines() {
    return getStartingLineNumber() - 1;
  }

  @Override
  protected final void handleBegin(long line) {
    blank = false;
    begin();
  }

  @Override
  protected final void handleField(
      int position, char[] text, int offset, int size, boolean quoted) {
    int at = offset;
    int length = size;
    if (!quoted) {
      while (length > 0 && text[at] <= ' ') {
        at++;
        length--;
      }
      while (length > 0 && text[at + length - 1] <= ' ') {
        length--;
      }
      blank = length == 0;
    } else if (!keepsLineEnds) {
      normalize(position, text, at, length);
      return;
    }
    deliver(position, text, at, length);
  }

  private void deliver(int position, char[] text, int at, int length) {
    if (length > maxChars && !unlimited) {
      tooLong = true;
      return;
    }
    if (position == 0) {
      emptyFirst = length == 0;
    }
    field(position, text, at, length);
  }

  private void normalize(int position, char[] text, int at, int length) {
    if (normalized.length < length) {
      normalized = new char[length * 2];
    }
    boolean pairs = dialect.newline() == Dialect.Newline.CRLF;
    int kept = 0;
    for (int i = at; i < at + length; i++) {
      char next = text[i];
      if (next == '\r' && !pairs) {
        normalized[kept++] = '\n';
      } else if (next != '\r' || i + 1 == at + length || text[i + 1] != '\n') {
        normalized[kept++] = next;
      }
    }
    deliver(position, normalized, 0, kept);
  }

  @Override
  protected final @Nullable Boolean buildRecord() {
    int fields = getFieldCount();
    if (getRecordType() != RecordType.DATA || (blank && fields == 1)) {
      return GO_ON;
    }
    String wrong =
        tooLong
            ? "a field is longer than " + maxChars + " characters; maxCharsPerColumn allows more"
            : end(fields, fields == 1 && emptyFirst);
    if (wrong == null) {
      return GO_ON;
    }
    bad = new BadRow(getStartingLineNumber(), wrong);
    return Boolean.TRUE;
  }
}
