package dev.trestle.bench.genome;

import dev.trestle.Trestle;
import dev.trestle.bench.Bar;
import dev.trestle.bench.Phases;
import dev.trestle.bench.Program;
import dev.trestle.bench.TextTable;
import dev.trestle.bench.genome.GenomeJob.Figures;
import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo: the whole job on a generated matrix, checked to the last byte, with its figures. */
@Command(
    name = "demo",
    description = "Calls haplotypes on a 4,000,000 x 34 matrix held once in shared memory.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the result is right to the last byte", "1:it is not, or the run failed"})
public final class GenomeDemo implements Callable<Integer> {
  private final PrintStream out;

  @Option(
      names = "--rows",
      converter = RowCount.class,
      description = "Rows of the matrix, a multiple of 4 (default: ${DEFAULT-VALUE}).")
  private long rows = GenomeFile.FULL_SIZE;

  @Option(
      names = "--workers",
      description = "Worker JVMs (default: one per core, 2 at least: ${DEFAULT-VALUE}).")
  private int workers = Math.max(2, Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--dir",
      description =
          "Folder for the matrix, kept from run to run, and the result (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("target", "demo");

  @Option(names = "--keep", description = "Keep the result file.")
  private boolean keep;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts upon it
  private boolean help;

  GenomeDemo(PrintStream out) {
    this.out = out;
  }

  /** Runs the demo and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Program.run(new GenomeDemo(System.out), arguments);
  }

  @Override
  public Integer call() throws IOException {
    return run() ? 0 : 1;
  }

  private boolean run() throws IOException {
    out.printf(Locale.ROOT, "Trestle demo: %,d rows x 34 columns, %d workers%n%n", rows, workers);
    Phases phases = Phases.on(out);
    GenomeFile genome = GenomeFile.prepare(folder, rows, phases);
    try {
      Trestle.prepareWorkers(); // as the genome file: once, and no part of the job
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Path result = folder.resolve("haplotypes-" + rows + ".tsv");
    try {
      Figures figures = GenomeJob.run(genome, result, workers, phases);
      boolean right = check(genome, result, phases);
      out.printf("%n%s%n%s", figures.memory(), table(figures));
      return right;
    } finally {
      if (!keep) {
        Files.deleteIfExists(result);
      }
    }
  }

  private boolean check(GenomeFile genome, Path result, Phases phases) throws IOException {
    try (var phase = phases.begin("check the result", Phases.UNKNOWN)) {
      Fingerprint expected = genome.expectedResult();
      Fingerprint found = Fingerprint.of(result, bytes -> {});
      boolean right = found.equals(expected);
      phase.done(
          right
              ? "%,d rows, %,d bytes, sha256 %s, as it should be"
                  .formatted(found.rows(), found.bytes(), found.sha256())
              : "WRONG: expected %s, found %s".formatted(expected, found));
      return right;
    }
  }

  private TextTable table(Figures figures) {
    boolean fullSize = rows == GenomeFile.FULL_SIZE;
    TextTable table = Bar.table();
    Bar.mebibytes("stored size of the matrix", 200).addTo(table, figures.storedBytes(), fullSize);
    Bar.mebibytes("peak summed PSS, all processes", 614)
        .addTo(table, figures.peak().pss(), fullSize);
    String footprint = ByteSize.format(figures.peakFootprint().footprint());
    table.add("  and shared memory nobody maps", footprint, "", "");
    Bar.seconds("CPU, read to written", 15).addTo(table, seconds(figures.cpu()), fullSize);
    Bar.seconds("wall, read to written", 10).addTo(table, seconds(figures.wall()), fullSize);
    return table;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
