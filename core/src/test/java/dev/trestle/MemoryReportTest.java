package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.TableLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryReportTest {
  private static final long MIB = 1 << 20;

  @Test
  void theTextFormIsATable() {
    var report =
        new MemoryReport(
            List.of(
                new ProcessLine("kernel", 12345, 310 * MIB, 160 * MIB, 120 * MIB),
                new ProcessLine("worker 1", 12346, 230 * MIB, 90 * MIB, 31 * MIB),
                new ProcessLine("worker 2", 12347, 229 * MIB, 90 * MIB, 31 * MIB)),
            List.of(
                new TableLine("genome", 4_000_000, 34, 152 * MIB, List.of(12345L, 12346L, 12347L)),
                new TableLine("genome.by.CHROM", 3_924_472, 34, 141 * MIB, List.of(12345L))));
    assertEquals(
        """
        process                   pid       RSS       PSS       USS
        kernel                  12345   310 MiB   160 MiB   120 MiB
        worker 1                12346   230 MiB  90.0 MiB  31.0 MiB
        worker 2                12347   229 MiB  90.0 MiB  31.0 MiB
        together                                  340 MiB

        shared table             rows   columns     bytes  mapped by
        genome              4,000,000        34   152 MiB  3 processes
        genome.by.CHROM     3,924,472        34   141 MiB  1 process

        held once: 293 MiB; as a copy in each of 3 processes: 879 MiB
        """,
        report.toString());
  }

  @Test
  void anEmptyStoreIsToldInOneLine() {
    var report =
        new MemoryReport(List.of(new ProcessLine("this JVM", 7, 3 * MIB, 2 * MIB, MIB)), List.of());
    assertEquals(
        """
        process                pid       RSS       PSS       USS
        this JVM                 7  3.00 MiB  2.00 MiB  1.00 MiB
        together                              2.00 MiB

        no shared tables
        """,
        report.toString());
  }
}
