package dev.trestle.bench;

import dev.trestle.bench.genome.GenomeFile;
import dev.trestle.bench.genome.GenomeJob;
import dev.trestle.bench.genome.GenomeJob.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The demo's job with different numbers of workers. The runs share this JVM: all but the first find
 * it warm.
 */
@Command(name = "genome", description = "The demo's job, with 2 and 4 workers.")
final class GenomeBench implements Callable<Integer> {
  @Mixin private final GenomeOptions options = new GenomeOptions();

  @Option(names = "--workers", split = ",", description = "Default: 2,4.")
  private List<Integer> workers = List.of(2, 4);

  @Override
  public Integer call() throws IOException {
    Phases phases = Phases.on(System.out);
    GenomeFile genome = GenomeFile.prepare(options.folder, options.rows, phases);
    TextTable table = Bar.table();
    for (int count : workers) {
      add(table, count, runs(genome, count, phases));
    }
    String counts = workers.stream().map(String::valueOf).collect(Collectors.joining(","));
    System.out.printf("%n%s%n%s --workers %s%n", table, options.again("genome"), counts);
    return 0;
  }

  private List<Figures> runs(GenomeFile genome, int count, Phases phases) throws IOException {
    Path result = options.folder.resolve("haplotypes-bench.tsv");
    List<Figures> runs = new ArrayList<>();
    try {
      for (int run = 0; run < options.repeat; run++) {
        runs.add(GenomeJob.run(genome, result, count, phases));
      }
    } finally {
      Files.deleteIfExists(result);
    }
    return runs;
  }

  private void add(TextTable table, int count, List<Figures> runs) {
    String with = ", " + count + " workers";
    boolean applies = options.fullSize();
    Bar.mebibytes("peak summed PSS" + with, 1024)
        .addTo(table, median(runs, f -> f.peak().pss()), applies);
    Bar.seconds("CPU" + with, 30).addTo(table, median(runs, f -> f.cpu().toNanos() / 1e9), applies);
    Bar.seconds("wall" + with, 20)
        .addTo(table, median(runs, f -> f.wall().toNanos() / 1e9), applies);
  }

  private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return Median.of(runs.stream().map(figure::applyAsDouble).toList());
  }
}
