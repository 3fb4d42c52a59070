package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

  @Test
  void timeGrowsWithWork() {
    long pid = ProcessHandle.current().pid();
    Duration before = ProcessCpu.read(pid).orElseThrow().own();
    // The JVM's own reading of the same clock decides how much work is enough.
    var handle = ProcessHandle.current();
    Duration enough = handle.info().totalCpuDuration().orElseThrow().plusMillis(50);
    while (handle.info().totalCpuDuration().orElseThrow().compareTo(enough) < 0) {
      Thread.onSpinWait();
    }
    Duration spent = ProcessCpu.read(pid).orElseThrow().own().minus(before);
    assertTrue(spent.toMillis() >= 40, spent::toString);
  }

  @Test
  @Tag("slow")
  void childrenThatEndedAreCountedApart() throws Exception {
    try (var child = ChildProcess.withABusyChildBehindIt()) {
      ProcessCpu cpu = ProcessCpu.read(child.pid()).orElseThrow();
      // the limit and this reading come from two clocks, which part on a busy virtual machine
      assertTrue(cpu.reapedChildren().toMillis() >= 500, cpu::toString);
      assertEquals(cpu.own().plus(cpu.reapedChildren()), cpu.total());
    }
  }

  @Test
  void aKilledProcessHasNone() throws Exception {
    try (var child = ChildProcess.sleeping()) {
      child.killAndWait();
      assertEquals(Optional.empty(), ProcessCpu.read(child.pid()));
    }
  }
}
