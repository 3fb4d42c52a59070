package dev.trestle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PhasesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aPhaseIsOneLineInALog() {
    try (var phase = new Phases(out, false).begin("count the sheep", 3)) {
      phase.accept(2);
      phase.done("3 sheep");
    }
    assertTrue(written().matches("count the sheep +\\d+\\.\\d\\d s {2}3 sheep\n"), written());
  }

  @Test
  void aPhaseThatThrowsIsToldAsFailed() {
    try {
      try (var phase = new Phases(out, false).begin("count the sheep", 3)) {
        phase.accept(1);
        throw new IllegalStateException("a wolf");
      }
    } catch (IllegalStateException expected) {
      assertEquals("a wolf", expected.getMessage());
    }
    assertTrue(written().matches("count the sheep +failed\n"), written());
  }

  @Test
  void aPersonSeesABarAndThenTheSameLine() {
    try (var phase = new Phases(out, true).begin("count the sheep", 3)) {
      phase.accept(3);
      phase.done("3 sheep");
    }
    assertTrue(written().contains("100% ["), written());
    String last = written().substring(written().lastIndexOf('\r') + 1);
    assertTrue(last.matches("count the sheep +\\d+\\.\\d\\d s {2}3 sheep\n"), written());
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
