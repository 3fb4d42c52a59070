package dev.trestle.kernel;

import dev.trestle.Trestle;
import dev.trestle.kernel.engine.Cell;
import dev.trestle.kernel.engine.CellFailure;
import dev.trestle.kernel.engine.Engine;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Trestle's magics on an engine in this JVM, without a kernel around it. */
public final class TestHost implements AutoCloseable {
  private static final AtomicReference<@Nullable MagicBook> CURRENT = new AtomicReference<>();

  final List<DisplayData> shown = new ArrayList<>();
  final List<String> complaints = new ArrayList<>();
  final List<Object> results = new ArrayList<>();
  final Engine engine = new Engine(List.of(), notice -> {});
  final MagicBook book;
  private int cells;

  TestHost() throws CellFailure {
    Screen screen = new Screen(shown::add, complaints::add);
    book =
        TrestleMagics.forKernel(
            new TrestleHost(engine, screen, results::add, MagicLines::toJava), List::of);
    CURRENT.set(book);
    cell("import dev.trestle.*; import tech.tablesaw.api.*; import java.util.*;");
    cell("import static dev.trestle.kernel.TestHost.*;");
    cell("import static dev.trestle.kernel.CellFunctions.phase;");
  }

  /** Calls a line magic for a cell. */
  public static void lineMagic(String name, List<String> arguments) throws Exception {
    if (name.endsWith("?")) {
      current().explain("%" + name.substring(0, name.length() - 1));
    } else {
      current().runLine(name, arguments);
    }
  }

  /** Calls a cell magic for a cell. */
  public static void cellMagic(String name, List<String> arguments, String body) throws Exception {
    current().runCell(name, arguments, body);
  }

  private static MagicBook current() {
    return Objects.requireNonNull(CURRENT.get());
  }

  /** Runs a cell with magics, as the kernel does. */
  @Nullable Object cell(String code) throws CellFailure {
    return engine.run(new Cell(++cells), MagicLines.toJava(code));
  }

  String text() {
    return String.valueOf(shown.getLast().getData(MIMEType.TEXT_PLAIN));
  }

  Fragment html() throws Exception {
    return Fragment.of(String.valueOf(shown.getLast().getData(MIMEType.TEXT_HTML)));
  }

  @Override
  public void close() {
    engine.close();
    Trestle.store().close(); // the tables and workers of this test
  }
}
