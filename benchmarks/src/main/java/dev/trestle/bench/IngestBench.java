package dev.trestle.bench;

import dev.trestle.bench.genome.GenomeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The genome file into memory, by Trestle and by Python's libraries in turn: each time in a new
 * process, so that all find the machine the same.
 */
@Command(name = "ingest", description = "Reads the genome file, beside polars, pandas and DuckDB.")
final class IngestBench implements Callable<Integer> {
  private static final Path SCRIPT = Path.of("benchmarks", "python", "ingest.py");

  @Mixin private final GenomeOptions options = new GenomeOptions();

  @Option(
      names = "--python",
      description = "A Python that has the libraries; without one, Trestle is measured alone.")
  private @Nullable Path python;

  @Option(
      names = "--libraries",
      split = ",",
      description = "Which of them to measure (default: polars,pandas,duckdb).")
  private List<String> libraries = List.of("polars", "pandas", "duckdb");

  @Override
  public Integer call() throws IOException, InterruptedException {
    GenomeFile genome = GenomeFile.prepare(options.folder, options.rows, Phases.on(System.out));
    Path store = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-bench-");
    Map<String, List<Reading>> readings = new LinkedHashMap<>();
    try {
      for (int run = 0; run < options.repeat; run++) {
        add(
            readings,
            "Trestle",
            Reading.byTrestle(store, genome.path(), '\t', List.of(), pid -> {}));
        if (python != null) {
          for (String library : libraries) {
            add(readings, library, Reading.of(script(library, genome.path()), pid -> {}));
          }
        }
      }
    } finally {
      Files.deleteIfExists(store);
    }
    System.out.printf("%n%s%n%s%s%n", table(readings), options.again("ingest"), pythonAgain());
    return 0;
  }

  private void add(Map<String, List<Reading>> readings, String who, Reading reading)
      throws IOException {
    if (reading.rows() != options.rows) {
      throw new IOException(who + " found " + reading.rows() + " rows");
    }
    readings.computeIfAbsent(who, unknown -> new ArrayList<>()).add(reading);
  }

  private List<String> script(String library, Path file) {
    return List.of(String.valueOf(python), SCRIPT.toString(), library, file.toString());
  }

  private static TextTable table(Map<String, List<Reading>> readings) {
    TextTable table =
        new TextTable("reading the genome file", "wall", "CPU", "Trestle's wall to this", "bar");
    double trestle = wall(Objects.requireNonNull(readings.get("Trestle")));
    readings.forEach((who, all) ->
        table.add(
            who,
            seconds(wall(all)),
            seconds(Median.of(all.stream().map(Reading::cpu).toList())),
            String.format(Locale.ROOT, "%.2f", trestle / wall(all)),
            who.equals("polars") ? "<= 1" : ""));
    return table;
  }

  private static double wall(List<Reading> readings) {
    return Median.of(readings.stream().map(Reading::wall).toList());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private String pythonAgain() {
    return python == null
        ? " (alone: --python names a Python with polars, pandas and duckdb to compare with)"
        : " --python " + python + " --libraries " + String.join(",", libraries);
  }
}
