package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.StoredArray;
import dev.trestle.StoredTable;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.stream.Collectors;

/** The line magics {@code %workers}, {@code %tables} and {@code %memory}. */
final class TrestleMagics {
  private static final Usage WORKERS =
      new Usage(
          "workers",
          List.of(
              "%workers        lists the workers",
              "%workers 4      starts four workers, or makes them four",
              "%workers stop   ends them"),
          List.of("stop"));
  private static final Usage TABLES = Usage.plain("tables", "lists the shared tables and arrays");
  private static final Usage MEMORY = Usage.plain("memory", "shows where the memory is");

  private final Screen screen;

  TrestleMagics(Screen screen) {
    this.screen = screen;
  }

  void register(Magics magics) {
    magics.registerLineMagic("workers", arguments -> shown(() -> workers(arguments)));
    magics.registerLineMagic("tables", arguments -> shown(() -> tables(arguments)));
    magics.registerLineMagic("memory", arguments -> shown(() -> memory(arguments)));
  }

  /** IJava throws away what a line magic returns; these have displayed it by then. */
  private static String shown(Runnable magic) {
    return Explained.get(() -> {
      magic.run();
      return "";
    });
  }

  private void workers(List<String> arguments) {
    String argument = String.join(" ", arguments);
    if (argument.isEmpty()) {
      listWorkers();
    } else if (argument.equals("stop")) {
      screen.say(Notebook.stop() ? "The workers have ended." : "There were no workers to end.");
    } else if (argument.matches("[1-9][0-9]{0,3}")) {
      Workers workers = Notebook.resize(Integer.parseInt(argument));
      String number = workers.size() == 1 ? "1 worker" : workers.size() + " workers";
      screen.say("%s: pid %s. Cells use them as workers().".formatted(number, pids(workers)));
    } else {
      screen.complain(WORKERS.complain(argument));
    }
  }

  private void listWorkers() {
    List<Workers> open = Trestle.openWorkers();
    if (open.isEmpty()) {
      screen.say("There are no workers. Start two with the line: %workers 2");
      return;
    }
    Listing list = new Listing("pool", "#workers", "pids");
    for (Workers workers : open) {
      String pool = Notebook.owns(workers) ? "workers()" : "opened by a cell";
      list.add(pool, Integer.toString(workers.size()), pids(workers));
    }
    screen.show(list.text(), list.html());
  }

  private static String pids(Workers workers) {
    return workers.pids().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void tables(List<String> arguments) {
    if (!arguments.isEmpty()) {
      screen.complain(TABLES.complain(String.join(" ", arguments)));
      return;
    }
    List<StoredTable> tables = Trestle.tables();
    List<StoredArray> arrays = Trestle.arrays();
    if (tables.isEmpty() && arrays.isEmpty()) {
      screen.say("There are no shared tables and no shared arrays.");
      return;
    }
    var list = new CatalogueListing(tables, arrays, Readers.of(Trestle.openWorkers()));
    screen.show(list.text(), list.html());
  }

  private void memory(List<String> arguments) {
    if (!arguments.isEmpty()) {
      screen.complain(MEMORY.complain(String.join(" ", arguments)));
      return;
    }
    MemoryReport report = Trestle.memory();
    screen.show(report.toString(), MemoryReportHtml.of(report));
  }
}
