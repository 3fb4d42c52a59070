package dev.trestle.bench;

import dev.trestle.bench.genome.GenomeFile;
import dev.trestle.bench.genome.RowCount;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that the measurements share. */
final class GenomeOptions {
  @Option(
      names = "--rows",
      converter = RowCount.class,
      description = "Rows of the matrix (default: ${DEFAULT-VALUE}).")
  long rows = GenomeFile.FULL_SIZE;

  @Option(
      names = "--dir",
      description = "Folder of the matrix, kept from run to run (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of("target", "demo");

  @Option(
      names = "--repeat",
      description = "How often to measure; medians are shown (default: ${DEFAULT-VALUE}).")
  int repeat = 3;

  boolean fullSize() {
    return rows == GenomeFile.FULL_SIZE;
  }

  /** The command line that does the same again. */
  String again(String command) {
    return "repeat: ./trestle bench %s --rows %d --repeat %d --dir %s"
        .formatted(command, rows, repeat, folder);
  }
}
