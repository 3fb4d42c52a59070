package dev.trestle;

import dev.trestle.array.ElementType;
import dev.trestle.memory.ByteSize;
import dev.trestle.store.Conversion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the memory is, at one moment: each process, and each shared table and array.
 *
 * <p>PSS is the figure to add up: a page that n processes share counts 1/n in each. USS is what
 * would come free if the process ended. RSS counts every shared page in full in each process.
 *
 * @param processes this JVM first, then its workers
 * @param tables the tables in the store, each held once
 * @param arrays the arrays in the store, each held once
 * @param damaged the tables and arrays in the store that cannot be attached
 * @param formerBytes what tables and arrays take that were replaced or dropped, and that readers
 *     still hold: it comes free when they let go
 */
public record MemoryReport(
    List<ProcessLine> processes,
    List<TableLine> tables,
    List<ArrayLine> arrays,
    List<DamagedLine> damaged,
    long formerBytes) {

  /**
   * One process; sizes in bytes.
   *
   * @param peakRss the largest RSS that it has had since it started
   */
  public record ProcessLine(String role, long pid, long rss, long pss, long uss, long peakRss) {}

  /**
   * One shared table.
   *
   * @param bytes what it takes, once, with the files that it reads in place
   * @param mappedBy the processes of this user that have it mapped now
   * @param sources the foreign files that it reads in place
   * @param conversions its columns that could not be read there, and were converted
   */
  public record TableLine(
      String name,
      long rows,
      int columns,
      long bytes,
      List<Long> mappedBy,
      List<SourceLine> sources,
      List<Conversion> conversions) {
    public TableLine {
      mappedBy = List.copyOf(mappedBy);
      sources = List.copyOf(sources);
      conversions = List.copyOf(conversions);
    }

    /** The converted columns in a phrase: {@code 2 columns converted (3.00 MiB): a, b}. */
    public String converted() {
      return "%d %s converted (%s): %s"
          .formatted(
              conversions.size(),
              conversions.size() == 1 ? "column" : "columns",
              ByteSize.format(conversions.stream().mapToLong(Conversion::bytes).sum()),
              conversions.stream().map(Conversion::column).collect(Collectors.joining(", ")));
    }
  }

  /** A foreign Arrow file that a table reads in place; its size in bytes. */
  public record SourceLine(Path file, long bytes, List<Long> mappedBy) {}

  /** One shared array; {@code bytes} is what it takes, once. */
  public record ArrayLine(
      String name, ElementType type, String shape, long bytes, List<Long> mappedBy) {}

  /**
   * A table or an array whose file is damaged.
   *
   * @param bytes what is left of it takes, until it is dropped
   * @param damage what is wrong
   */
  public record DamagedLine(String name, long bytes, String damage) {}

  public MemoryReport {
    processes = List.copyOf(processes);
    tables = List.copyOf(tables);
    arrays = List.copyOf(arrays);
    damaged = List.copyOf(damaged);
  }

  /** The sum of the processes' PSS, in bytes: what they take together. */
  public long totalPss() {
    return processes.stream().mapToLong(ProcessLine::pss).sum();
  }

  /** The size of all shared tables and arrays that are whole, in bytes, counted once. */
  public long sharedBytes() {
    return tables.stream().mapToLong(TableLine::bytes).sum()
        + arrays.stream().mapToLong(ArrayLine::bytes).sum();
  }

  /** What tables and arrays would take, in bytes, if each listed process had copies of its own. */
  public long bytesAsCopies() {
    return sharedBytes() * processes.size();
  }

  /** The report as plain text in columns of fixed width: several lines, each ended. */
  @Override
  public String toString() {
    return new MemoryText(this).toString();
  }
}
