package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code %%memory} shows: the memory of a cell over time, as a chart and in figures. */
final class CellMemory {
  /**
   * A statement of the cell.
   *
   * @param line where it begins in the cell, from 1 on
   * @param before the memory just before it ran
   */
  record Statement(int line, String source, Moment before) {}

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int SPARKS = 60;

  private final MemoryTimeline timeline;
  private final List<Statement> statements;
  private final List<MemoryBand> bands;

  /** Statements may be none: then nothing is told of each. */
  CellMemory(MemoryTimeline timeline, List<Statement> statements) {
    this.timeline = timeline;
    this.statements = List.copyOf(statements);
    this.bands = MemoryBand.of(timeline);
  }

  String html() {
    Html html = new Html();
    html.open("div", "class", "trestle-memory").newline();
    new MemoryChart(timeline, bands).writeTo(html);
    figures().writeTo(html);
    if (!statements.isEmpty()) {
      lines().writeTo(html);
    }
    html.element(
        "small",
        "Bands add up: what a process has for itself, the files that processes map, and shared"
            + " tables, each once.",
        "style",
        "opacity:0.75");
    return html.close().finish();
  }

  String text() {
    StringBuilder text = new StringBuilder(summary()).append('\n');
    text.append(sparkline()).append("\n\n").append(figures().text());
    if (!statements.isEmpty()) {
      text.append('\n').append(lines().text());
    }
    return text.toString();
  }

  /** Peak and growth, in a sentence. */
  String summary() {
    Moment peak = timeline.peak();
    return "memory over %s: peak %s at %s, %s at the end, %s before"
        .formatted(
            TimeSpan.format(timeline.length()),
            size(peak.total()),
            TimeSpan.format(peak.at()),
            size(timeline.moments().getLast().total()),
            size(timeline.moments().getFirst().total()));
  }

  private Listing figures() {
    Moment first = timeline.moments().getFirst();
    Moment last = timeline.moments().getLast();
    Moment peak = timeline.peak();
    Listing list = new Listing("memory of", "#before", "#at the peak", "#at the end", "#largest");
    for (MemoryBand band : bands.reversed()) { // as in the chart, the top one first
      list.add(
          band.name(),
          size(band.of(first)),
          size(band.of(peak)),
          size(band.of(last)),
          size(band.largest(timeline)));
    }
    list.add(
        "together",
        size(first.total()),
        size(peak.total()),
        size(last.total()),
        size(peak.total()));
    long least = timeline.moments().stream().mapToLong(Moment::available).min().orElse(0);
    return list.add(
        "free on this machine",
        size(first.available()),
        size(peak.available()),
        size(last.available()),
        "least " + size(least));
  }

  private Listing lines() {
    Listing list = new Listing("#line", "statement", "#took", "#memory", "#increment", "#peak");
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Moment after =
          i + 1 < statements.size() ? statements.get(i + 1).before() : timeline.moments().getLast();
      Moment before = statement.before();
      Duration took = after.at().minus(before.at());
      list.add(
          Integer.toString(statement.line()),
          CellLines.brief(statement.source()),
          TimeSpan.format(took),
          size(after.total()),
          signed(after.total() - before.total()),
          size(timeline.peak(before.at(), after.at()).total()));
    }
    return list;
  }

  /** The total over time in a line of text, from nothing to the peak. */
  private String sparkline() {
    long nanos = Math.max(1, timeline.length().toNanos());
    long peak = Math.max(1, timeline.peak().total());
    return IntStream.range(0, SPARKS)
        .mapToLong(i -> {
          Duration from = Duration.ofNanos(nanos / SPARKS * i);
          return timeline.peak(from, from.plusNanos(nanos / SPARKS)).total();
        })
        .mapToInt(total -> (int) Math.min(BLOCKS.length() - 1, total * BLOCKS.length() / peak))
        .collect(
            StringBuilder::new, (line, i) -> line.append(BLOCKS.charAt(i)), StringBuilder::append)
        .toString();
  }

  private static String signed(long bytes) {
    return bytes > 0 ? "+" + size(bytes) : size(bytes);
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }
}
