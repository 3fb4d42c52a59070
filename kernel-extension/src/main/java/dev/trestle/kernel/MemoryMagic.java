package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.Trestle;
import picocli.CommandLine.Command;

/** {@code %memory}. */
@Command(description = "Shows where the memory is now.")
final class MemoryMagic implements LineMagic {
  @Override
  public void run(Host host) {
    MemoryReport report = Trestle.memory();
    JvmHeaps heaps = JvmHeaps.of(report, Trestle.openWorkers());
    host.screen()
        .show(report + "\n" + heaps.list().text(), MemoryReportHtml.of(report, heaps.list()));
  }
}
