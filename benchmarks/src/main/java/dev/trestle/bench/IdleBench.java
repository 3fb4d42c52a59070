package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.bench.genome.GenomeFile;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.MappedFiles;
import dev.trestle.memory.ProcessMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tech.tablesaw.columns.Column;

/** What a worker takes while it does nothing, beyond the table that it has attached. */
@Command(name = "idle", description = "Memory of idle workers that have attached a table.")
final class IdleBench implements Callable<Integer> {
  @Mixin private final GenomeOptions options = new GenomeOptions();

  @Option(names = "--workers", description = "Default: ${DEFAULT-VALUE}.")
  private int count = 4;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Phases phases = Phases.on(System.out);
    GenomeFile file = GenomeFile.prepare(options.folder, options.rows, phases);
    SharedTable genome = Trestle.shareCsv("genome", file.readOptions());
    try {
      List<Long> perWorker = new ArrayList<>();
      for (int run = 0; run < options.repeat; run++) {
        perWorker.add(beyondTheTable(genome));
      }
      TextTable table = Bar.table();
      Bar.mebibytes("PSS of an idle worker, beyond the table", 90)
          .addTo(table, Median.of(perWorker), options.fullSize());
      System.out.printf("%n%s%n%s --workers %d%n", table, options.again("idle"), count);
    } finally {
      genome.drop();
    }
    return 0;
  }

  /** The workers' summed PSS without their part of the table's pages, for each of them. */
  private long beyondTheTable(SharedTable genome) throws InterruptedException {
    try (Workers workers = Trestle.workers(count)) {
      attachInEach(workers, genome);
      Thread.sleep(1000); // compilers and collectors come to rest
      long beyond = 0;
      for (long pid : workers.pids()) {
        long pss = ProcessMemory.read(pid).orElseThrow().pss();
        long ofTable = MappedFiles.pss(pid, List.of(genome.location()));
        System.out.printf(
            "worker %d: PSS %s, %s of it the table's%n",
            pid, ByteSize.format(pss), ByteSize.format(ofTable));
        beyond += pss - ofTable;
      }
      return beyond / count;
    }
  }

  /** Runs tasks until every worker has had one. */
  private void attachInEach(Workers workers, SharedTable genome) {
    Set<Long> attached = new HashSet<>();
    for (int round = 0; !attached.containsAll(workers.pids()); round++) {
      if (round == 10) {
        throw new IllegalStateException(
            "of the workers %s only %s were given a task".formatted(workers.pids(), attached));
      }
      attached.addAll(
          workers.map(IntStream.range(0, count).boxed().toList(), task -> attach(genome)));
    }
  }

  /** Runs in a worker: touches every column, and holds the worker long enough for the others. */
  private static long attach(SharedTable genome) throws InterruptedException {
    for (Column<?> column : genome.table().columns()) {
      if (column.get(0) == null) {
        throw new IllegalStateException("no value in column " + column.name());
      }
    }
    Thread.sleep(300);
    return ProcessHandle.current().pid();
  }
}
