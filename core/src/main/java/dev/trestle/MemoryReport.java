package dev.trestle;

import dev.trestle.memory.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the memory is, at one moment: each process, and each shared table.
 *
 * <p>PSS is the figure to add up: a page that n processes share counts 1/n in each. USS is what
 * would come free if the process ended. RSS counts every shared page in full in each process.
 *
 * @param processes this JVM first, then its workers
 * @param tables the tables in the store, each held once
 */
public record MemoryReport(List<ProcessLine> processes, List<TableLine> tables) {

  /** One process; sizes in bytes. */
  public record ProcessLine(String role, long pid, long rss, long pss, long uss) {}

  /**
   * One shared table.
   *
   * @param bytes what it takes, once
   * @param mappedBy the listed processes that have it mapped now
   */
  public record TableLine(String name, long rows, int columns, long bytes, List<Long> mappedBy) {}

  public MemoryReport {
    processes = List.copyOf(processes);
    tables = List.copyOf(tables);
  }

  /** The sum of the processes' PSS, in bytes: what they take together. */
  public long totalPss() {
    return processes.stream().mapToLong(ProcessLine::pss).sum();
  }

  /** The size of all shared tables, in bytes, counted once. */
  public long sharedBytes() {
    return tables.stream().mapToLong(TableLine::bytes).sum();
  }

  /** What the tables would take, in bytes, if each listed process had a copy of its own. */
  public long bytesAsCopies() {
    return sharedBytes() * processes.size();
  }

  /** The report as plain text in columns of fixed width: several lines, each ended. */
  @Override
  public String toString() {
    int width = // of the first column: the longest name in it
        Stream.concat(
                processes.stream().map(ProcessLine::role), tables.stream().map(TableLine::name))
            .mapToInt(String::length)
            .reduce("shared table".length(), Math::max);
    String processLine = "%-" + width + "s %13s %9s %9s %9s\n";
    String tableLine = "%-" + width + "s %13s %9s %9s  %s\n";

    StringBuilder text = new StringBuilder();
    text.append(processLine.formatted("process", "pid", "RSS", "PSS", "USS"));
    for (ProcessLine p : processes) {
      text.append(processLine.formatted(p.role, p.pid, size(p.rss), size(p.pss), size(p.uss)));
    }
    text.append(processLine.formatted("together", "", "", size(totalPss()), "").stripTrailing());
    text.append("\n\n");
    if (tables.isEmpty()) {
      return text.append("no shared tables\n").toString();
    }
    text.append(tableLine.formatted("shared table", "rows", "columns", "bytes", "mapped by"));
    for (TableLine t : tables) {
      String rows = String.format(Locale.ROOT, "%,d", t.rows);
      text.append(
          tableLine.formatted(
              t.name, rows, t.columns, size(t.bytes), processes(t.mappedBy.size())));
    }
    return text.append("\nheld once: ")
        .append(size(sharedBytes()))
        .append("; as a copy in each of ")
        .append(processes(processes.size()))
        .append(": ")
        .append(size(bytesAsCopies()))
        .append("\n")
        .toString();
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }

  private static String processes(int n) {
    return n == 1 ? "1 process" : n + " processes";
  }
}
