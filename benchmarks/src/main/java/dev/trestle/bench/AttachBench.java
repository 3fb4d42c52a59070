package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.bench.genome.GenomeFile;
import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** How long a process waits for a table that another one shared, at several sizes. */
@Command(name = "attach", description = "Time to attach a shared table, at several sizes.")
final class AttachBench implements Callable<Integer> {
  private static final long SMALL = 4_000;
  private static final int WARM_CALLS = 101;

  @Mixin private final GenomeOptions options = new GenomeOptions();

  @Override
  public Integer call() throws IOException {
    Phases phases = Phases.on(System.out);
    List<SharedTable> tables = new ArrayList<>();
    try {
      for (long rows : sizes().toArray()) {
        GenomeFile file = GenomeFile.prepare(options.folder, rows, phases);
        tables.add(Trestle.shareCsv("attach-" + rows, file.readOptions()));
      }
      System.out.printf("%n%s%n%s%n", measure(tables), options.again("attach"));
    } finally {
      tables.forEach(SharedTable::drop);
    }
    return 0;
  }

  private LongStream sizes() {
    long tenth = options.rows / 10 / 4 * 4;
    return LongStream.of(SMALL, Math.max(tenth, SMALL), options.rows).distinct();
  }

  private TextTable measure(List<SharedTable> tables) {
    TextTable results = Bar.table();
    for (SharedTable table : tables) {
      String size = ByteSize.format(table.bytes());
      // Most of it is classes of the store being loaded, which the bar leaves out.
      String first = Bar.millis(Median.of(firstTimes(table)));
      results.add(size + ", first time in a worker", first, "", "");
      List<Double> warm = new ArrayList<>();
      for (int call = 0; call < WARM_CALLS; call++) {
        warm.add(millisToAttach(table.name()));
      }
      Bar.milliseconds(size + ", again in this JVM", 5).addTo(results, Median.of(warm), true);
    }
    return results;
  }

  /** In new workers, which know Tablesaw (some 300 ms, not what is measured) but not this table. */
  private List<Double> firstTimes(SharedTable table) {
    List<Double> millis = new ArrayList<>();
    SharedTable warmUp =
        Trestle.share("attach-warm-up", Table.create().addColumns(IntColumn.create("i", 1)));
    try {
      for (int run = 0; run < options.repeat; run++) {
        try (Workers worker = Trestle.workers(1)) {
          worker.map(List.of(warmUp.name()), AttachBench::millisToAttach);
          millis.addAll(worker.map(List.of(table.name()), AttachBench::millisToAttach));
        }
      }
    } finally {
      warmUp.drop();
    }
    return millis;
  }

  private static double millisToAttach(String name) {
    long start = System.nanoTime();
    Table table = Trestle.attach(name).table();
    double millis = (System.nanoTime() - start) / 1e6;
    if (table.isEmpty()) {
      throw new IllegalStateException("table '" + name + "' has no rows");
    }
    return millis;
  }
}
