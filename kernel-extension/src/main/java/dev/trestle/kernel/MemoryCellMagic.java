package dev.trestle.kernel;

import dev.trestle.Trestle;
import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %%memory}. */
@Command(description = "Runs the cell and draws its memory over time.")
final class MemoryCellMagic implements CellMagic {
  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Between two readings, such as 200ms or 1s (50ms unless told).")
  private Duration interval = Duration.ofMillis(50);

  @Option(names = "--lines", description = "Tells memory and increment of each statement.")
  private boolean lines;

  private final List<CellMemory.Statement> statements = new ArrayList<>();

  @Override
  public void run(Host host, String body) throws Exception {
    String code = "\n" + body; // so that lines have the numbers that they have in the cell
    try (TimelineRecorder recorder = Trestle.recordMemory(interval)) {
      Object result;
      try (var phases = Phases.noting(recorder::mark)) {
        result =
            host.run(
                code,
                part -> {
                  int line = CellLines.of(code, part.offset());
                  if (lines) {
                    statements.add(
                        new CellMemory.Statement(line, part.source(), recorder.readNow()));
                  }
                  recorder.mark(MemoryChart.LINE + line);
                });
      } catch (Exception e) {
        show(host, recorder.finish()); // the more wanted when the cell ran out of memory
        throw e;
      }
      MemoryTimeline timeline = recorder.finish();
      if (result != null) {
        host.showResult(result);
      }
      show(host, timeline);
    }
  }

  private void show(Host host, MemoryTimeline timeline) {
    CellMemory memory = new CellMemory(timeline, statements);
    host.screen().show(memory.text(), memory.html());
  }
}
