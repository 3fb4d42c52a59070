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

/** A file much larger than the heap of the JVM that shares it. */
@Command(
    name = "ingest-heap",
    description = "Shares a CSV file of 4 GiB from a JVM with a heap of 256 MiB.")
final class IngestHeapBench implements Callable<Integer> {
  private static final long MIB = 1 << 20;
  private static final long FULL_SIZE = 4096;
  private static final int HEAP = 256;

  @Option(names = "--mib", description = "Size of the file (default: ${DEFAULT-VALUE}).")
  private long mib = FULL_SIZE;

  @Option(
      names = "--dir",
      description = "Folder for the file and the table (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("target", "demo");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    long room = Files.getFileStore(folder).getUsableSpace();
    long wanted = 2 * mib * MIB + (mib * MIB) / 8; // the text, and the table beside it
    if (room < wanted) {
      throw new IOException(
          "%s has %s free, and %s are needed; choose another folder with --dir"
              .formatted(folder, ByteSize.format(room), ByteSize.format(wanted)));
    }
    Path file = folder.resolve("mixed-" + mib + ".csv");
    Path store = Files.createTempDirectory(folder, "store-");
    try {
      measure(file, generate(file), store);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(store);
    }
    System.out.printf("repeat: ./trestle bench ingest-heap --mib %d --dir %s%n", mib, folder);
    return 0;
  }

  private long generate(Path file) throws IOException {
    try (var phase = Phases.on(System.out).begin("generate the file", mib * MIB);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      long rows = MixedText.write(mib * MIB, out, phase);
      phase.done("%,d rows in %s".formatted(rows, file));
      return rows;
    }
  }

  private void measure(Path file, long rows, Path store) throws IOException, InterruptedException {
    AtomicLong child = new AtomicLong();
    try (var sampler = PeakSampler.start(() -> LongStream.of(child.get()).filter(pid -> pid > 0))) {
      Reading reading =
          Reading.byTrestle(store, file, ',', List.of("-Xmx" + HEAP + "m"), child::set);
      if (reading.rows() != rows) {
        throw new IOException("found " + reading.rows() + " rows instead of " + rows);
      }
      boolean applies = mib == FULL_SIZE;
      TextTable table = Bar.table();
      table.add("largest heap allowed", ByteSize.format(HEAP * MIB), "<= 256 MiB", "");
      table.add("peak PSS of the process", ByteSize.format(sampler.peak().pss()), "", "");
      table.add("wall", String.format(Locale.ROOT, "%.1f s", reading.wall()), "", "");
      table.add("CPU", String.format(Locale.ROOT, "%.1f s", reading.cpu()), "", "");
      System.out.printf("%n%s%n", applies ? table : table + "(for the full size: --mib 4096)");
    }
  }
}
