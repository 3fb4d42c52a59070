package dev.trestle.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The measurements, one subcommand each. */
@Command(
    name = "bench",
    description = "Measures Trestle against the figures it is to reach.",
    subcommands = {
      GenomeBench.class,
      IdleBench.class,
      AttachBench.class,
      IngestBench.class,
      IngestHeapBench.class,
      ArrayBench.class,
      ColumnBench.class,
      NamespaceBench.class,
      StoreBench.class,
      WorkersBench.class
    })
public final class Bench {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts upon it
  private boolean help;

  /** Runs a measurement and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Program.run(new Bench(), arguments);
  }
}
