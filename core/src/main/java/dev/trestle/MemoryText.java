package dev.trestle;

import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.memory.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A memory report as plain text, in columns of fixed width. */
final class MemoryText {
  private final MemoryReport report;
  private final StringBuilder text = new StringBuilder();

  MemoryText(MemoryReport report) {
    this.report = report;
    int name =
        Stream.of(
                report.processes().stream().map(ProcessLine::role),
                report.tables().stream().map(TableLine::name),
                report.arrays().stream().map(ArrayLine::name),
                Stream.of("shared table"))
            .flatMap(names -> names)
            .mapToInt(String::length)
            .max()
            .orElseThrow();
    int shape =
        report.arrays().stream().mapToInt(array -> array.shape().length()).reduce(13, Math::max);
    String columns = "%-" + name + "s %" + shape + "s %";
    write(columns + "9s %9s %9s %9s\n", columns + "9s %9s  %s\n", columns + "13s %9s  %s\n");
  }

  private void write(String processLine, String tableLine, String arrayLine) {
    text.append(processLine.formatted("process", "pid", "RSS", "PSS", "USS", "peak RSS"));
    for (ProcessLine p : report.processes()) {
      text.append(
          processLine.formatted(
              p.role(), p.pid(), size(p.rss()), size(p.pss()), size(p.uss()), size(p.peakRss())));
    }
    String together = processLine.formatted("together", "", "", size(report.totalPss()), "", "");
    text.append(together.stripTrailing()).append("\n\n");
    if (report.tables().isEmpty()) {
      text.append("no shared tables\n");
    } else {
      text.append(tableLine.formatted("shared table", "rows", "columns", "bytes", "mapped by"));
    }
    for (TableLine t : report.tables()) {
      String rows = String.format(Locale.ROOT, "%,d", t.rows());
      text.append(
          tableLine.formatted(t.name(), rows, t.columns(), size(t.bytes()), readers(t.mappedBy())));
      for (SourceLine s : t.sources()) {
        text.append(
            "  reads in place: %s, %s, mapped by %s\n"
                .formatted(s.file(), size(s.bytes()), readers(s.mappedBy())));
      }
      if (!t.conversions().isEmpty()) {
        text.append("  ").append(t.converted()).append('\n');
      }
    }
    writeArrays(arrayLine);
    for (DamagedLine d : report.damaged()) {
      text.append("\ndamaged: %s, %s; %s\n".formatted(d.name(), size(d.bytes()), d.damage()));
    }
    writeSums();
  }

  private void writeArrays(String arrayLine) {
    if (report.arrays().isEmpty()) {
      return;
    }
    text.append('\n')
        .append(arrayLine.formatted("shared array", "shape", "type", "bytes", "mapped by"));
    for (ArrayLine a : report.arrays()) {
      text.append(
          arrayLine.formatted(
              a.name(), a.shape(), a.type(), size(a.bytes()), readers(a.mappedBy())));
    }
  }

  private void writeSums() {
    int processes = report.processes().size();
    if (report.sharedBytes() > 0) {
      text.append(
          "\nheld once: %s; as a copy in each of %s: %s\n"
              .formatted(
                  size(report.sharedBytes()),
                  processes == 1 ? "1 process" : processes + " processes",
                  size(report.bytesAsCopies())));
    }
    if (report.formerBytes() > 0) {
      text.append("held by readers of former versions: %s\n".formatted(size(report.formerBytes())));
    }
  }

  private static String readers(List<Long> pids) {
    return StoredLine.processes(pids.size());
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
