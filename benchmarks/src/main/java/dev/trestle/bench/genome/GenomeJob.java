package dev.trestle.bench.genome;

import dev.trestle.MemoryReport;
import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.bench.Phases;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.PeakSampler;
import dev.trestle.memory.ProcessCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The job itself, from the text file to the text file: share the matrix, call haplotypes on each
 * chromosome in the workers, write the result.
 */
public final class GenomeJob {

  /**
   * What one run took. Times and peaks are from the first byte read to the last one written, over
   * all processes of the job.
   *
   * @param storedBytes the shared matrix, bytes
   * @param resultBytes the shared result, bytes
   * @param peak the moment of the largest summed PSS
   * @param peakFootprint the same with the shared memory that no process had mapped
   * @param cpu processor time, user and system, worker start included
   * @param wall time on the clock
   * @param memory the report at the end, with the workers alive
   */
  public record Figures(
      long storedBytes,
      long resultBytes,
      PeakSampler.Sample peak,
      PeakSampler.Sample peakFootprint,
      Duration cpu,
      Duration wall,
      MemoryReport memory) {}

  private GenomeJob() {}

  /**
   * Runs the job and leaves nothing in the store.
   *
   * @param result the file to write, tab-separated; replaced if it is there
   */
  public static Figures run(GenomeFile input, Path result, int workerCount, Phases phases)
      throws IOException {
    long start = System.nanoTime();
    Duration cpuBefore = cpu(List.of());
    try (var sampler = PeakSampler.start(GenomeJob::processes)) {
      SharedTable genome = share(input, phases);
      try (Workers workers = start(workerCount, phases)) {
        SharedTable haplotypes = callHaplotypes(genome, workers, phases);
        try {
          write(haplotypes, result, phases);
          Duration wall = Duration.ofNanos(System.nanoTime() - start);
          Duration cpu = cpu(workers.pids()).minus(cpuBefore);
          sampler.sampleNow();
          return new Figures(
              genome.bytes(),
              haplotypes.bytes(),
              sampler.peak(),
              sampler.peakFootprint(),
              cpu,
              wall,
              Trestle.memory());
        } finally {
          haplotypes.drop();
        }
      } finally {
        genome.drop();
      }
    }
  }

  /** Not looked for in all of /proc: among 130 processes that took 3 ms of each reading's 4. */
  private static LongStream processes() {
    return LongStream.concat(
        LongStream.of(ProcessHandle.current().pid()),
        Trestle.openWorkers().stream()
            .flatMap(workers -> workers.pids().stream())
            .mapToLong(Long::longValue));
  }

  private static SharedTable share(GenomeFile input, Phases phases) {
    try (var phase = phases.begin("read it into shared memory", Phases.UNKNOWN)) {
      SharedTable genome = Trestle.shareCsv("genome", input.readOptions());
      phase.done(described(genome));
      return genome;
    }
  }

  private static Workers start(int count, Phases phases) {
    try (var phase = phases.begin("start " + count + " workers", Phases.UNKNOWN)) {
      Workers workers = Trestle.workers(count);
      phase.done("pids " + workers.pids());
      return workers;
    }
  }

  private static SharedTable callHaplotypes(SharedTable genome, Workers workers, Phases phases) {
    try (var phase = phases.begin("call haplotypes per chromosome", Phases.UNKNOWN)) {
      SharedTable haplotypes = workers.mapGroups(genome, "CHROM", Haplotypes::of);
      phase.done(described(haplotypes));
      return haplotypes;
    }
  }

  private static void write(SharedTable haplotypes, Path result, Phases phases) throws IOException {
    try (var phase = phases.begin("write the result", Phases.UNKNOWN)) {
      haplotypes.writeCsv(result, '\t');
      phase.done(ByteSize.format(Files.size(result)) + " in " + result);
    }
  }

  private static String described(SharedTable table) {
    return "%,d rows x %d columns, %s in shared memory"
        .formatted(table.rowCount(), table.columnNames().size(), ByteSize.format(table.bytes()));
  }

  /** Of this JVM, of its children that have ended, and of the processes given. */
  private static Duration cpu(List<Long> workers) {
    long self = ProcessHandle.current().pid();
    return LongStream.concat(LongStream.of(self), workers.stream().mapToLong(Long::longValue))
        .mapToObj(ProcessCpu::read)
        .map(cpu -> cpu.map(ProcessCpu::total).orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
