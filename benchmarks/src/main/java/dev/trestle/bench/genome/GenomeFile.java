package dev.trestle.bench.genome;

import dev.trestle.bench.Phases;
import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The generated input, and what is known for certain about it and about the result. */
public final class GenomeFile {
  /** Rows of the full-size job. */
  public static final long FULL_SIZE = 4_000_000;

  /** Below this many rows, type detection could take a column of T and N for a boolean one. */
  static final long SMALLEST = 400;

  private static final Map<Long, Fingerprint> INPUTS =
      Map.of(
          4_000L,
          new Fingerprint(
              4_000, 284_138, "6388e5b17be3f68cd7d01c4f744cbd05252eb1b840de110d4cfaadfe40d8ab28"),
          FULL_SIZE,
          new Fingerprint(
              FULL_SIZE,
              294_523_068,
              "23ba4eb482eafd7cdf17dab7aa4639d6812f9dc7e0549280511ed6e56c311769"));

  private static final Fingerprint FULL_SIZE_RESULT =
      new Fingerprint(
          3_924_472,
          418_406_428,
          "15569bd933b229789dbd4e07970b27e8cf95d0de84d189503685d91a10a6df30");

  private final Path path;
  private final long rows;

  private GenomeFile(Path path, long rows) {
    this.path = path;
    this.rows = rows;
  }

  /**
   * Generates the file in the folder, unless it is there already, and checks it.
   *
   * @param rows as {@link RowCount} allows
   * @throws IOException if it cannot be written, or is not what it should be
   */
  public static GenomeFile prepare(Path folder, long rows, Phases phases) throws IOException {
    Files.createDirectories(folder);
    GenomeFile genome = new GenomeFile(folder.resolve("genome-" + rows + ".tsv"), rows);
    if (!genome.isThere()) {
      genome.generate(phases);
    }
    genome.check(phases);
    return genome;
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** How many rows it has. */
  public long rows() {
    return rows;
  }

  /** How to read it. */
  public CsvReadOptions readOptions() {
    return CsvReadOptions.builder(path.toFile()).separator('\t').build();
  }

  /** What the haplotypes of this file must be, as text: known, or worked out the plain way. */
  Fingerprint expectedResult() throws IOException {
    if (rows == FULL_SIZE) {
      return FULL_SIZE_RESULT;
    }
    Fingerprint.Stream result = new Fingerprint.Stream();
    ReferenceHaplotypes.write(path, result);
    return result.fingerprint();
  }

  /** A file of unknown content is never taken for the right one. */
  private boolean isThere() throws IOException {
    Fingerprint known = INPUTS.get(rows);
    return known != null && Files.exists(path) && Files.size(path) == known.bytes();
  }

  private void generate(Phases phases) throws IOException {
    try (var phase = phases.begin("generate the matrix", rows);
        var file = new UnfinishedFile(path)) {
      try (OutputStream out = Files.newOutputStream(file.path())) {
        GenomeGenerator.write(rows, out, phase);
      }
      file.finish();
      phase.done(ByteSize.format(Files.size(path)) + " in " + path);
    }
  }

  private void check(Phases phases) throws IOException {
    try (var phase = phases.begin("check the matrix", Files.size(path))) {
      Fingerprint found = Fingerprint.of(path, phase);
      Fingerprint known = INPUTS.get(rows);
      if (known != null && !known.equals(found)) {
        throw new IOException(
            "%s is not the generated matrix: expected %s, found %s; delete it and start again"
                .formatted(path, known, found));
      }
      phase.done("sha256 " + found.sha256() + (known == null ? "" : ", as it should be"));
    }
  }
}
