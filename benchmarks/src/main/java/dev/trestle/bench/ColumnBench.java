package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Table;

/** Sharing and attaching a table of every column type, and working on it, mapped against heap. */
@Command(name = "columns", description = "Share, attach, and operations mapped against heap.")
final class ColumnBench implements Callable<Integer> {
  private static final int WARM_CALLS = 101;
  private static final int PIECE = 1 << 18; // 256 KiB

  @Option(names = "--rows", description = "Default: ${DEFAULT-VALUE}.")
  private int rows = 10_000_000;

  @Option(names = "--operation-rows", description = "Default: ${DEFAULT-VALUE}.")
  private int operationRows = 1_000_000;

  @Option(
      names = "--repeat",
      description = "Runs of each; medians count. Default: ${DEFAULT-VALUE}.")
  private int repeat = 5;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TextTable figures = new TextTable("figure", "measured", "bar");
    Table heap = ColumnTable.everyType(rows);
    share(heap, figures);
    operations(figures);
    System.out.printf(
        "%n%s%n./trestle bench columns --rows %d --operation-rows %d --repeat %d%n",
        figures, rows, operationRows, repeat);
    return 0;
  }

  private void share(Table heap, TextTable figures) throws IOException {
    var shareWall = new ArrayList<Double>();
    var shareCpu = new ArrayList<Double>();
    var writeWall = new ArrayList<Double>();
    var writeCpu = new ArrayList<Double>();
    SharedTable first = Trestle.share("columns", heap);
    long bytes = first.bytes();
    Path plain = first.location().resolveSibling("plain");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = content(first.location(), arena);
      first.drop();
      for (int run = 0; run <= repeat; run++) {
        // Both write into memory that a file has just given back: on a virtual machine, memory that
        // was free for long has to be fetched from the host. A dropped table gives its own back
        // when its mapping is collected, so it does not do for that.
        write(content, plain);
        Stopwatch share = Stopwatch.start();
        SharedTable table = Trestle.share("columns", heap);
        Stopwatch.Lap shared = share.stop();
        if (run == repeat) {
          attach(table, figures);
        }
        table.drop();
        write(content, plain);
        Stopwatch.Lap written = write(content, plain);
        if (run > 0) { // the first one warms up
          shareWall.add(shared.wallSeconds());
          shareCpu.add(shared.cpuSeconds());
          writeWall.add(written.wallSeconds());
          writeCpu.add(written.cpuSeconds());
        }
      }
    }
    String size = "%s in %,d rows x %d".formatted(ByteSize.format(bytes), rows, heap.columnCount());
    ratio(figures, "share against write, bytes/s, " + size, writeWall, shareWall, ">= 0.8");
    ratio(figures, "the same by CPU time", writeCpu, shareCpu, "");
  }

  private static void ratio(
      TextTable figures, String what, List<Double> plain, List<Double> ours, String bar) {
    double ratio = Median.of(plain) / Median.of(ours);
    figures.add(what, "%.2f (%.3f s)".formatted(ratio, Median.of(ours)), bar);
  }

  /** A copy of the file's bytes, off the heap. */
  private static MemorySegment content(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      MemorySegment copy = arena.allocate(mapped.byteSize(), 64);
      return copy.copyFrom(mapped);
    }
  }

  private static Stopwatch.Lap write(MemorySegment bytes, Path target) throws IOException {
    try {
      Stopwatch watch = Stopwatch.start();
      try (var out =
          FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
          long length = Math.min(PIECE, bytes.byteSize() - at);
          var piece = bytes.asSlice(at, length).asByteBuffer();
          while (piece.hasRemaining()) {
            out.write(piece);
          }
        }
      }
      return watch.stop();
    } finally {
      Files.deleteIfExists(target);
    }
  }

  private void attach(SharedTable table, TextTable figures) {
    var millis = new ArrayList<Double>();
    for (int call = 0; call < WARM_CALLS; call++) {
      long start = System.nanoTime();
      Trestle.attach(table.name()).table();
      millis.add((System.nanoTime() - start) / 1e6);
    }
    figures.add("attach + table(), warm", Bar.millis(Median.of(millis)), "<= 2 ms");
    List<Table> kept = new ArrayList<>();
    long before = usedHeap();
    for (int i = 0; i < 20; i++) {
      kept.add(Trestle.attach(table.name()).table());
    }
    long each = (usedHeap() - before) / kept.size();
    figures.add("heap kept by an attached table", ByteSize.format(each), "<= 1 MiB");
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Each fork does them all: a call site has then seen heap lists and mapped ones, as a user's. */
  private void operations(TextTable figures) throws IOException, InterruptedException {
    var runs = new ArrayList<List<ColumnOperations.Figure>>();
    for (int run = 0; run < repeat; run++) {
      runs.add(ColumnOperations.fork(operationRows));
    }
    double product = 0;
    for (int i = 0; i < runs.getFirst().size(); i++) {
      int index = i;
      double ratio = Median.of(runs.stream().map(run -> run.get(index).ratio()).toList());
      product += Math.log(ratio);
      double millis = Median.of(runs.stream().map(run -> run.get(index).mapped() / 1e6).toList());
      figures.add(
          "heap / mapped CPU, " + runs.getFirst().get(i).name(),
          String.format(Locale.ROOT, "%.2f (%.1f ms)", ratio, millis),
          runs.getFirst().get(i).name().startsWith("string ") ? "> 1" : "");
    }
    figures.add(
        "geometric mean",
        String.format(Locale.ROOT, "%.2f", Math.exp(product / runs.getFirst().size())),
        ">= 0.95");
  }
}
