package dev.trestle.bench;

import dev.trestle.memory.ByteSize;
import dev.trestle.memory.PeakSampler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Files much larger than the heap of the JVM that shares them. */
@Command(
    name = "ingest-heap",
    description =
        "Shares a CSV file of 4 GiB, and a Parquet file of 1 GiB, from a JVM with 256 MiB of heap.")
final class IngestHeapBench implements Callable<Integer> {
  private static final long MIB = 1 << 20;
  private static final long FULL_SIZE = 4096;
  private static final long FULL_PARQUET = 1024;
  private static final int HEAP = 256;

  @Option(names = "--mib", description = "Size of the CSV file (default: ${DEFAULT-VALUE}).")
  private long mib = FULL_SIZE;

  @Option(
      names = "--parquet-mib",
      description = "Size of the Parquet file (default: ${DEFAULT-VALUE}).")
  private long parquetMib = FULL_PARQUET;

  @Option(
      names = "--row-group-mib",
      description =
          "Size of its row groups (default: ${DEFAULT-VALUE}; a column of text has most of that).")
  private long rowGroupMib = FULL_PARQUET / 2;

  @Option(
      names = "--dir",
      description = "Folder for the files and the tables (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("target", "demo");

  /** Writes a file of a size; returns its rows. */
  private interface Writing {
    long to(Path file, Phases.Phase phase) throws IOException;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    TextTable table = Bar.table();
    table.add("largest heap allowed", ByteSize.format(HEAP * MIB), "<= 256 MiB", "");
    long csv = mib * MIB;
    measure("mixed-" + mib + ".csv", csv, this::writeCsv, table);
    measure("mixed-" + parquetMib + ".parquet", parquetMib * MIB, this::writeParquet, table);
    boolean isFull = mib == FULL_SIZE && parquetMib == FULL_PARQUET;
    System.out.printf(
        "%n%s%n", isFull ? table : table + "(for the full sizes: --mib 4096 --parquet-mib 1024)");
    System.out.printf(
        "repeat: ./trestle bench ingest-heap --mib %d --parquet-mib %d --row-group-mib %d --dir %s%n",
        mib, parquetMib, rowGroupMib, folder);
    return 0;
  }

  private long writeCsv(Path file, Phases.Phase phase) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      return MixedText.write(mib * MIB, out, phase);
    }
  }

  private long writeParquet(Path file, Phases.Phase phase) throws IOException {
    return MixedParquet.write(file, parquetMib * MIB, rowGroupMib * MIB, phase);
  }

  private void measure(String name, long bytes, Writing writing, TextTable table)
      throws IOException, InterruptedException {
    long room = Files.getFileStore(folder).getUsableSpace();
    long wanted = 2 * bytes + bytes / 4; // the file, the table beside it, a column on its way
    if (room < wanted) {
      throw new IOException(
          "%s has %s free, and %s are needed; choose another folder with --dir"
              .formatted(folder, ByteSize.format(room), ByteSize.format(wanted)));
    }
    Path file = folder.resolve(name);
    Path store = Files.createTempDirectory(folder, "store-");
    try {
      measure(file, generate(file, bytes, writing), store, table);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(store);
    }
  }

  private static long generate(Path file, long bytes, Writing writing) throws IOException {
    try (var phase = Phases.on(System.out).begin("generate the file", bytes)) {
      long rows = writing.to(file, phase);
      phase.done("%,d rows in %s".formatted(rows, file));
      return rows;
    }
  }

  private static void measure(Path file, long rows, Path store, TextTable table)
      throws IOException, InterruptedException {
    AtomicLong child = new AtomicLong();
    try (var sampler = PeakSampler.start(() -> LongStream.of(child.get()).filter(pid -> pid > 0))) {
      Reading reading =
          Reading.byTrestle(store, file, ',', List.of("-Xmx" + HEAP + "m"), child::set);
      if (reading.rows() != rows) {
        throw new IOException("found " + reading.rows() + " rows instead of " + rows);
      }
      String what = "%s, %,d rows".formatted(file.getFileName(), rows);
      table.add(what, "in " + ByteSize.format(Files.size(file)), "", "");
      table.add("  peak PSS of the process", ByteSize.format(sampler.peak().pss()), "", "");
      table.add("  wall", String.format(Locale.ROOT, "%.1f s", reading.wall()), "", "");
      table.add("  CPU", String.format(Locale.ROOT, "%.1f s", reading.cpu()), "", "");
    }
  }
}
