package dev.trestle.kernel;

import dev.trestle.SharedArray;
import dev.trestle.SharedTable;
import dev.trestle.memory.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** {@code %info}. */
@Command(
    description = {
      "Tells of each column of a table: type, missing and distinct values, and bytes.",
      "Of an array: type, shape, bytes, and what its values range over."
    })
final class InfoMagic implements LineMagic {
  @Parameters(
      paramLabel = "NAME",
      description = "Of a variable with a table or a shared array, or of what is shared.")
  private String name = "";

  @Override
  public List<String> words() {
    return StoredNames.all();
  }

  @Override
  public void run(Host host) throws Exception {
    Object value = host.variableNames().contains(name) ? host.run(name) : StoredNames.attach(name);
    switch (value) {
      case SharedTable shared -> ofShared(host.screen(), shared);
      case Table table -> ofHeap(host.screen(), table);
      case SharedArray array -> ofArray(host.screen(), array);
      case null, default ->
          throw new MagicMistake(
              "wants a table or a shared array, and '%s' is %s.".formatted(name, kind(value)));
    }
  }

  private static String kind(@Nullable Object value) {
    return value == null ? "null" : "of " + value.getClass().getName();
  }

  private static void ofShared(Screen screen, SharedTable shared) {
    Listing list =
        new Listing("column", "type", "#missing", "#distinct", "#shared, once", "#as a heap copy");
    Table table = Explained.get(shared::table);
    long all = 0;
    long heap = 0;
    for (String column : shared.columnNames()) {
      ColumnFigures figures = ColumnFigures.of(table.column(column), shared.dictionarySize(column));
      long bytes = shared.bytes(column);
      all += bytes;
      heap += figures.heapBytes();
      list.add(
          column,
          figures.type(),
          figures.missing(),
          figures.distinctText(),
          ByteSize.format(bytes),
          "≈ " + ByteSize.format(figures.heapBytes()));
    }
    list.add("together", "", "", "", ByteSize.format(all), "≈ " + ByteSize.format(heap));
    show(screen, shared.name(), shared.rowCount(), list);
  }

  private static void ofHeap(Screen screen, Table table) {
    Listing list = new Listing("column", "type", "#missing", "#distinct", "#on the heap");
    long heap = 0;
    for (Column<?> column : table.columns()) {
      ColumnFigures figures = ColumnFigures.of(column, OptionalLong.empty());
      heap += figures.heapBytes();
      list.add(
          column.name(),
          figures.type(),
          figures.missing(),
          figures.distinctText(),
          "≈ " + ByteSize.format(figures.heapBytes()));
    }
    list.add("together", "", "", "", "≈ " + ByteSize.format(heap));
    show(screen, table.name(), table.rowCount(), list);
  }

  private static void ofArray(Screen screen, SharedArray array) {
    ArrayFigures figures = Explained.get(() -> ArrayFigures.of(array));
    Listing list =
        new Listing("type", "#elements", "#smallest", "#largest", "#mean", "#NaN", "#shared, once");
    list.add(
        array.type().toString(),
        String.format(Locale.ROOT, "%,d", array.size()),
        figures.smallest(),
        figures.largest(),
        figures.mean(),
        figures.notANumber(),
        ByteSize.format(array.bytes()));
    show(screen, ArrayHtml.caption(array), list);
  }

  private static void show(Screen screen, String name, long rows, Listing list) {
    show(screen, String.format(Locale.ROOT, "%s: %,d rows", name, rows), list);
  }

  private static void show(Screen screen, String head, Listing list) {
    Html html = new Html();
    html.open("div").element("div", head).newline();
    list.writeTo(html);
    screen.show(head + "\n" + list.text(), html.close().finish());
  }
}
