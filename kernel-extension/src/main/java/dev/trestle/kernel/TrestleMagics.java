package dev.trestle.kernel;

import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.function.Supplier;

/** Trestle's magics, all of them. */
final class TrestleMagics {
  private TrestleMagics() {}

  /**
   * The magics for a kernel.
   *
   * @param others the names of the kernel's magics that are not Trestle's, with percent signs
   */
  static MagicBook forKernel(Host host, Supplier<List<String>> others) {
    MagicBook book = new MagicBook(host);
    return book.line("workers", WorkersMagic::new)
        .line("tables", TablesMagic::new)
        .line("share", ShareMagic::new)
        .line("attach", AttachMagic::new)
        .line("drop", DropMagic::new)
        .line("memory", MemoryMagic::new)
        .line("info", InfoMagic::new)
        .line("heap", HeapMagic.OfLine::new)
        .line("lsmagic", () -> new ListMagic(book::list, others))
        .cell("memory", MemoryCellMagic::new)
        .cell("time", TimeMagic::new)
        .cell("bench", BenchMagic::new)
        .cell("heap", HeapMagic.OfCell::new)
        .cell("parallel", ParallelMagic::new)
        .cell("fork", ForkMagic::new);
  }

  /** Makes them known to IJava, with {@code %name?} for the help on each. */
  static void register(MagicBook book, Magics magics) {
    for (String name : book.names(false)) {
      magics.registerLineMagic(
          name,
          arguments -> {
            book.runLine(name, arguments);
            return "";
          });
      magics.registerLineMagic(name + "?", arguments -> book.explain("%" + name));
    }
    for (String name : book.names(true)) {
      magics.registerCellMagic(
          name,
          (arguments, body) -> {
            book.runCell(name, arguments, body);
            return "";
          });
      magics.registerLineMagic("%" + name + "?", arguments -> book.explain("%%" + name));
    }
  }
}
