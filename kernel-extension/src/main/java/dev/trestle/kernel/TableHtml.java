package dev.trestle.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.table.Relation;

/**
 * A table as a notebook shows it: a header with names and types, the first and last rows and
 * columns, missing values marked. Reads only the cells that are shown.
 */
final class TableHtml {
  private static final int FIRST_ROWS = 10;
  private static final int LAST_ROWS = 5;
  private static final int FIRST_COLUMNS = 15;
  private static final int LAST_COLUMNS = 5;
  private static final int LONGEST_VALUE = 120; // characters

  // 0.1 + 0.2 is 0.30000000000000004, but nobody wants to read that in every cell.
  private static final Pattern LONG_FRACTION = Pattern.compile("-?\\d+\\.\\d{11,}");
  private static final MathContext DIGITS = new MathContext(10);

  private static final String LEFT = "text-align:left";
  private static final String RIGHT = "text-align:right";
  private static final String FAINT = "opacity:0.6;font-weight:normal";

  private final Relation table;
  private final Excerpt rows;
  private final Excerpt columns;
  private final Html html = new Html();

  private TableHtml(Relation table) {
    this.table = table;
    this.rows = Excerpt.of(table.rowCount(), FIRST_ROWS, LAST_ROWS);
    this.columns = Excerpt.of(table.columnCount(), FIRST_COLUMNS, LAST_COLUMNS);
  }

  /** The table as an HTML fragment, under its caption. */
  static String of(Relation table, String caption) {
    return new TableHtml(table).write(caption);
  }

  /** The same excerpt as plain text, as Tablesaw prints it, wide tables clipped as well. */
  static String text(Relation table) {
    Excerpt columns = Excerpt.of(table.columnCount(), FIRST_COLUMNS, LAST_COLUMNS);
    if (!columns.isClipped()) {
      return table.print(FIRST_ROWS + LAST_ROWS);
    }
    Stream<Column<?>> shown =
        Stream.concat(
            table.columns().stream().limit(columns.head()),
            table.columns().stream().skip(columns.afterGap()));
    // Wraps the columns, does not copy them.
    Table narrow = Table.create(table.name(), shown.collect(Collectors.toList()));
    return narrow.print(FIRST_ROWS + LAST_ROWS)
        + "\n(%d of %d columns)".formatted(columns.shown(), columns.size());
  }

  private String write(String caption) {
    html.open("div", "class", "trestle-table", "style", "overflow-x:auto");
    if (!caption.isEmpty()) {
      html.element("div", caption, "style", "margin:0.3em 0").newline();
    }
    html.open("table", "style", Listing.SPACING).newline();
    html.open("thead");
    writeHeader();
    html.close().newline();
    html.open("tbody").newline();
    writeRows();
    html.close().close().newline();
    html.element("div", counts(), "style", "margin:0.3em 0;opacity:0.75");
    return html.close().finish();
  }

  private void writeHeader() {
    html.open("tr").element("th", "");
    eachColumn(c -> {
      Column<?> column = table.column(c);
      html.open("th", "style", align(column)).text(column.name()).empty("br");
      html.element("small", column.type().name().toLowerCase(Locale.ROOT), "style", FAINT);
      html.close();
    });
    html.close();
  }

  private void writeRows() {
    for (int r = 0; r < rows.head(); r++) {
      writeRow(r);
    }
    if (rows.isClipped()) {
      html.open("tr").element("th", "⋮", "style", FAINT);
      eachColumn(c -> html.element("td", "⋮", "style", align(table.column(c))));
      html.close().newline();
    }
    for (int r = rows.afterGap(); r < rows.size(); r++) {
      writeRow(r);
    }
  }

  private void writeRow(int row) {
    html.open("tr").element("th", Integer.toString(row), "style", FAINT);
    eachColumn(c -> {
      Column<?> column = table.column(c);
      html.open("td", "style", align(column));
      if (column.isMissing(row)) {
        html.element("i", "missing", "style", FAINT);
      } else {
        html.text(shown(column, row));
      }
      html.close();
    });
    html.close().newline();
  }

  /** Visits the columns shown, with one cell for the gap between them. */
  private void eachColumn(IntConsumer write) {
    for (int c = 0; c < columns.head(); c++) {
      write.accept(c);
    }
    if (columns.isClipped()) {
      html.element("td", "…", "style", FAINT);
    }
    for (int c = columns.afterGap(); c < columns.size(); c++) {
      write.accept(c);
    }
  }

  private String counts() {
    String size = shape(rows.size(), columns.size());
    if (rows.isClipped()) {
      size += "; the first %d and last %d rows".formatted(rows.head(), rows.tail());
    }
    if (columns.isClipped()) {
      size += rows.isClipped() ? " and " : "; ";
      size += "the first %d and last %d columns".formatted(columns.head(), columns.tail());
    }
    return rows.isClipped() || columns.isClipped() ? size + " are shown" : size;
  }

  /** How large a table is, in words. */
  static String shape(long rows, int columns) {
    return String.format(
        Locale.ROOT,
        "%,d %s × %,d %s",
        rows,
        rows == 1 ? "row" : "rows",
        columns,
        columns == 1 ? "column" : "columns");
  }

  private static String align(Column<?> column) {
    return column instanceof NumericColumn ? RIGHT : LEFT;
  }

  /** The value, or as much of it as helps: no rounding noise of numbers, no pages of text. */
  private static String shown(Column<?> column, int row) {
    String value = column.getString(row);
    if (column instanceof NumericColumn && LONG_FRACTION.matcher(value).matches()) {
      return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
    return value.length() <= LONGEST_VALUE
        ? value
        : value.substring(0, LONGEST_VALUE)
            + String.format(Locale.ROOT, "… (%,d characters)", value.length());
  }
}
