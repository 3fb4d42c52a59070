package dev.trestle.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All the measurements of the store, one after the other, at full size. */
@Command(
    name = "store",
    description = "columns, ingest, ingest-heap, arrays and namespace, one after the other.")
final class StoreBench implements Callable<Integer> {
  @Option(
      names = "--python",
      description = "A Python with polars, pandas, duckdb, numpy and numba, to compare with.")
  private @Nullable Path python;

  @Override
  public Integer call() {
    List<String> compared =
        python == null ? List.of() : List.of("--python", python.toAbsolutePath().toString());
    int failed = run("columns", List.of());
    failed |= run("ingest", compared);
    failed |= run("ingest-heap", List.of());
    failed |= run("arrays", compared);
    failed |= run("namespace", List.of());
    return failed;
  }

  /** A new command line: what one measurement parsed is none of the next one's. */
  private static int run(String name, List<String> options) {
    System.out.printf("%n== %s%n", name);
    List<String> arguments = new ArrayList<>(List.of(name));
    arguments.addAll(options);
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler(new PlainErrors())
        .execute(arguments.toArray(String[]::new));
  }
}
