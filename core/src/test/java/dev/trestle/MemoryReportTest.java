package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.array.ElementType;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.Conversion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryReportTest {
  private static final long MIB = 1 << 20;

  private static TableLine table(String name, long rows, int columns, long bytes, Long... pids) {
    return new TableLine(name, rows, columns, bytes, List.of(pids), List.of(), List.of());
  }

  @Test
  void theTextFormIsATable() {
    var report =
        new MemoryReport(
            List.of(
                new ProcessLine("kernel", 12345, 310 * MIB, 160 * MIB, 120 * MIB, 320 * MIB),
                new ProcessLine("worker 1", 12346, 230 * MIB, 90 * MIB, 31 * MIB, 240 * MIB),
                new ProcessLine("worker 2", 12347, 229 * MIB, 90 * MIB, 31 * MIB, 240 * MIB)),
            List.of(
                table("genome", 4_000_000, 34, 152 * MIB, 12345L, 12346L, 12347L),
                table("genome.by.CHROM", 3_924_472, 34, 141 * MIB, 12345L)),
            List.of(),
            List.of(),
            0);
    assertEquals(
        """
        process                   pid       RSS       PSS       USS  peak RSS
        kernel                  12345   310 MiB   160 MiB   120 MiB   320 MiB
        worker 1                12346   230 MiB  90.0 MiB  31.0 MiB   240 MiB
        worker 2                12347   229 MiB  90.0 MiB  31.0 MiB   240 MiB
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
        new MemoryReport(
            List.of(new ProcessLine("this JVM", 7, 3 * MIB, 2 * MIB, MIB, 4 * MIB)),
            List.of(),
            List.of(),
            List.of(),
            0);
    assertEquals(
        """
        process                pid       RSS       PSS       USS  peak RSS
        this JVM                 7  3.00 MiB  2.00 MiB  1.00 MiB  4.00 MiB
        together                              2.00 MiB

        no shared tables
        """,
        report.toString());
  }

  @Test
  void foreignFilesArraysAndFormerVersionsHaveTheirLines() {
    var report =
        new MemoryReport(
            List.of(new ProcessLine("this JVM", 7, 3 * MIB, 2 * MIB, MIB, 4 * MIB)),
            List.of(
                new TableLine(
                    "flights",
                    9,
                    2,
                    5 * MIB,
                    List.of(7L),
                    List.of(
                        new SourceLine(Path.of("/data/flights.arrow"), 4 * MIB, List.of(7L, 8L))),
                    List.of(
                        new Conversion("a", "decimal", ColumnKind.DOUBLE, "why", MIB / 4, 0.1),
                        new Conversion("b", "date64", ColumnKind.DATE, "why", MIB / 4, 0.1)))),
            List.of(
                new ArrayLine("mask", ElementType.UNSIGNED_BYTE, "(1024, 1024)", MIB, List.of())),
            List.of(
                new DamagedLine("trips", 3 * MIB, "/dev/shm/t/trips.arrow is damaged: cut short")),
            7 * MIB);
    assertEquals(
        """
        process                pid       RSS       PSS       USS  peak RSS
        this JVM                 7  3.00 MiB  2.00 MiB  1.00 MiB  4.00 MiB
        together                              2.00 MiB

        shared table          rows   columns     bytes  mapped by
        flights                  9         2  5.00 MiB  1 process
          reads in place: /data/flights.arrow, 4.00 MiB, mapped by 2 processes
          2 columns converted (512 KiB): a, b

        shared array         shape          type     bytes  mapped by
        mask          (1024, 1024) unsigned byte  1.00 MiB  nobody

        damaged: trips, 3.00 MiB; /dev/shm/t/trips.arrow is damaged: cut short

        held once: 6.00 MiB; as a copy in each of 1 process: 6.00 MiB
        held by readers of former versions: 7.00 MiB
        """,
        report.toString());
  }
}
