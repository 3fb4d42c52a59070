package dev.trestle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class BenchTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "genome, 'CPU, 4 workers'",
    "idle, 'PSS of an idle worker, beyond the table'",
    "attach, first time in a worker",
    "ingest, reading the genome file"
  })
  void aMeasurementShowsItsFiguresAndHowToRepeatIt(String command, String figure) throws Exception {
    try (var bench =
        new ProgramRun(
            Bench.class,
            folder,
            command,
            "--rows",
            "4000",
            "--repeat",
            "1",
            "--dir",
            folder.toString())) {
      assertEquals(0, bench.exitCode(), bench::outputOrReason);
      assertTrue(bench.output().contains(figure), bench.output());
      assertTrue(
          bench.output().contains("repeat: ./trestle bench " + command + " --rows 4000 --repeat 1"),
          bench.output());
      assertEquals(List.of(), bench.processGroup());
      assertNull(bench.storedFiles());
    }
  }

  @Test
  void theHeapOfAnIngestIsMeasuredAndTheFilesAreRemoved() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    try (var bench =
        new ProgramRun(
            Bench.class,
            folder,
            "ingest-heap",
            "--mib",
            "8",
            "--parquet-mib",
            "8",
            "--dir",
            files.toString())) {
      assertEquals(0, bench.exitCode(), bench::outputOrReason);
      assertTrue(bench.output().contains("mixed-8.csv, "), bench.output());
      assertTrue(bench.output().contains("mixed-8.parquet, "), bench.output());
      assertEquals(0, files.toFile().list().length);
    }
  }

  @Test
  void theFiguresOfWorkersAreMeasuredAndNothingIsLeft() throws Exception {
    try (var bench =
        new ProgramRun(
            Bench.class,
            folder,
            "workers",
            "--trips",
            "100",
            "--tasks",
            "2000",
            "--repeat",
            "1",
            "--group-millis",
            "1",
            "--warm-up",
            "1",
            "--cells",
            "2000")) {
      assertEquals(0, bench.exitCode(), bench::outputOrReason);
      for (String figure :
          List.of(
              "round trip p50",
              "owner process: cells, 4 clients",
              "owner process: slices of 1,000 rows, 80 kB, 2 clients",
              "one by one",
              "batched",
              "first result, with Tablesaw",
              "USS, bare",
              "unchanged notebook lambda",
              "2 workers against 1",
              "2 plain JVMs against 1",
              "call interrupted",
              "kill -9 of the caller")) {
        assertTrue(bench.output().contains(figure), bench.output());
      }
      assertTrue(
          bench.output().contains("repeat: ./trestle bench workers --trips 100"), bench.output());
      assertEquals(List.of(), bench.processGroup());
      assertNull(bench.storedFiles());
    }
  }
}
