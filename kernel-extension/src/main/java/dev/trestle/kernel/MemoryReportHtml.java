package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.kernel.BarChart.Bar;
import dev.trestle.kernel.BarChart.Group;
import dev.trestle.kernel.BarChart.Ink;
import dev.trestle.memory.ByteSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory report as a notebook shows it: processes, and shared tables and arrays, as tables of
 * figures and as bar charts, and what a copy in every process would have cost.
 */
final class MemoryReportHtml {
  private static final int MOST_DRAWN = 12;

  private final MemoryReport report;
  private final Html html = new Html();

  private final @Nullable Listing heaps;

  private MemoryReportHtml(MemoryReport report, @Nullable Listing heaps) {
    this.report = report;
    this.heaps = heaps;
  }

  /** The report as an HTML fragment. */
  static String of(MemoryReport report) {
    return new MemoryReportHtml(report, null).write();
  }

  /** The report as an HTML fragment, with what each JVM says of its heap. */
  static String of(MemoryReport report, Listing heaps) {
    return new MemoryReportHtml(report, heaps).write();
  }

  private String write() {
    html.open("div", "class", "trestle-memory").newline();
    writeProcesses();
    processChart().writeTo(html);
    if (heaps != null) {
      heaps.writeTo(html);
    }
    if (report.tables().isEmpty()) {
      html.element("p", "No shared tables.");
    } else {
      writeTables();
    }
    if (!report.arrays().isEmpty()) {
      writeArrays();
    }
    if (!report.damaged().isEmpty()) {
      writeDamaged();
    }
    if (report.sharedBytes() > 0) {
      sharedChart().writeTo(html);
      html.element("p", saving()).newline();
    }
    if (report.formerBytes() > 0) {
      html.element("p", "Held by readers of former versions: " + size(report.formerBytes()) + ".")
          .newline();
    }
    html.element(
        "small",
        "PSS counts a page that n processes share as 1/n in each, so PSS adds up; USS is what would"
            + " come free if the process ended; RSS counts shared pages in full in each.",
        "style",
        "opacity:0.75");
    return html.close().finish();
  }

  private void writeProcesses() {
    Listing list = new Listing("process", "#pid", "#RSS", "#PSS", "#USS", "#peak RSS");
    for (ProcessLine p : report.processes()) {
      list.add(
          p.role(),
          Long.toString(p.pid()),
          size(p.rss()),
          size(p.pss()),
          size(p.uss()),
          size(p.peakRss()));
    }
    list.add("together", "", "", size(report.totalPss()), "", "").writeTo(html);
  }

  private void writeTables() {
    Listing list =
        new Listing("shared table", "#rows", "#columns", "#held once", "#" + copies(), "mapped by");
    for (TableLine t : report.tables()) {
      list.add(
          t.name(),
          String.format(Locale.ROOT, "%,d", t.rows()),
          Integer.toString(t.columns()),
          size(t.bytes()),
          size(t.bytes() * report.processes().size()),
          roles(t.mappedBy()));
      for (SourceLine s : t.sources()) {
        list.add("↳ reads in place " + s.file(), "", "", size(s.bytes()), "", roles(s.mappedBy()));
      }
      if (!t.conversions().isEmpty()) {
        list.add("↳ " + t.converted(), "", "", "", "", "");
      }
    }
    list.writeTo(html);
  }

  private void writeArrays() {
    Listing list =
        new Listing("shared array", "type", "shape", "#held once", "#" + copies(), "mapped by");
    for (ArrayLine a : report.arrays()) {
      list.add(
          a.name(),
          a.type().toString(),
          a.shape(),
          size(a.bytes()),
          size(a.bytes() * report.processes().size()),
          roles(a.mappedBy()));
    }
    list.writeTo(html);
  }

  private void writeDamaged() {
    Listing list = new Listing("damaged, to %drop", "#size", "what is wrong");
    for (DamagedLine d : report.damaged()) {
      list.add(d.name(), size(d.bytes()), d.damage());
    }
    list.writeTo(html);
  }

  private String roles(List<Long> pids) {
    Map<Long, String> roles =
        report.processes().stream()
            .collect(Collectors.toMap(ProcessLine::pid, ProcessLine::role, (a, b) -> a));
    return pids.isEmpty()
        ? "nobody now"
        : pids.stream()
            .map(pid -> roles.getOrDefault(pid, "pid " + pid))
            .collect(Collectors.joining(", "));
  }

  private StackedBars processChart() {
    return new StackedBars(
        "Memory of each process",
        List.of("USS: its own", "PSS: with its part of what is shared", "RSS: with all of that"),
        report.processes().stream()
            .map(p ->
                new StackedBars.Bar(
                    p.role(), List.of(p.uss(), p.pss() - p.uss(), p.rss() - p.pss())))
            .toList());
  }

  /** What is shared, with its size in bytes. */
  private record Held(String name, long bytes) {}

  /** The largest tables and arrays one by one, the others together, then all of them as copies. */
  private BarChart sharedChart() {
    String what = report.arrays().isEmpty() ? "tables" : "tables and arrays";
    List<Held> largestFirst =
        Stream.concat(
                report.tables().stream().map(t -> new Held(t.name(), t.bytes())),
                report.arrays().stream().map(a -> new Held(a.name(), a.bytes())))
            .sorted(Comparator.comparingLong(Held::bytes).reversed())
            .toList();
    List<Group> groups = new ArrayList<>();
    largestFirst.stream().limit(MOST_DRAWN).forEach(h -> groups.add(once(h.name(), h.bytes())));
    if (largestFirst.size() > MOST_DRAWN) {
      List<Held> others = largestFirst.subList(MOST_DRAWN, largestFirst.size());
      long bytes = others.stream().mapToLong(Held::bytes).sum();
      groups.add(once("%d other %s".formatted(others.size(), what), bytes));
    }
    Bar asCopies = new Bar(copies(), report.bytesAsCopies(), Ink.OUTLINE);
    groups.add(
        new Group(
            "all " + what, List.of(new Bar("once", report.sharedBytes(), Ink.SOLID), asCopies)));
    return new BarChart("Shared " + what, groups);
  }

  private static Group once(String label, long bytes) {
    return new Group(label, List.of(new Bar("once", bytes, Ink.SOLID)));
  }

  private String saving() {
    return "Held once: %s. A copy in each of %d processes: %s. Avoided: %s."
        .formatted(
            size(report.sharedBytes()),
            report.processes().size(),
            size(report.bytesAsCopies()),
            size(report.bytesAsCopies() - report.sharedBytes()));
  }

  private String copies() {
    int n = report.processes().size();
    return n == 1 ? "as 1 copy" : "as " + n + " copies";
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }
}
