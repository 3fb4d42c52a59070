package dev.trestle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.bench.genome.GenomeDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class GenomeDemoTest {
  @TempDir Path folder;

  @Test
  void theDemoChecksItsResultAndShowsWhereTheMemoryWent() throws Exception {
    try (var demo = demo("--rows", "4000", "--workers", "2")) {
      assertEquals(0, demo.exitCode(), demo::outputOrReason);
      String output = demo.output();
      assertTrue(output.contains("4,000 rows x 34 columns, 2 workers"), output);
      assertTrue(
          output.contains(
              "6388e5b17be3f68cd7d01c4f744cbd05252eb1b840de110d4cfaadfe40d8ab28, as it should be"),
          output);
      assertTrue(output.contains("check the result"), output);
      assertFalse(output.contains("WRONG"), output);
      assertTrue(output.contains("process "), output);
      assertTrue(output.contains("as a copy in each of 3 processes"), output);
      assertTrue(output.contains("peak summed PSS, all processes"), output);
      assertNothingLeft(demo);
    }
    assertEquals(List.of("genome-4000.tsv", "output.txt"), filesInFolder());
  }

  @Test
  void theResultIsKeptOnRequest() throws Exception {
    try (var demo = demo("--rows", "800", "--keep")) {
      assertEquals(0, demo.exitCode(), demo::outputOrReason);
    }
    String first = Files.readString(folder.resolve("haplotypes-800.tsv"));
    assertTrue(first.startsWith("contig\tpos\tref\talt\ts00s15_PI\ts00s15_PG_al\t"), first);
  }

  @Test
  void aNumberOfRowsThatCannotBeIsRefused() throws Exception {
    try (var demo = demo("--rows", "4001")) {
      assertEquals(2, demo.exitCode(), demo::outputOrReason);
      assertTrue(demo.output().contains("4,001 were asked for"), demo.output());
    }
  }

  @Test
  void aSpoiledMatrixIsNotTakenForTheRightOne() throws Exception {
    Path matrix = folder.resolve("genome-4000.tsv");
    Files.write(matrix, new byte[284_138]);
    try (var demo = demo("--rows", "4000")) {
      assertEquals(1, demo.exitCode(), demo::outputOrReason);
      assertTrue(demo.output().contains("is not the generated matrix"), demo.output());
      assertFalse(demo.output().contains("Exception"), demo.output());
    }
  }

  @Test
  void ctrlCInATerminalEndsTheWorkersAndRemovesWhatIsUnfinished() throws Exception {
    endsCleanly("call haplotypes", ProgramRun::pressCtrlC);
  }

  @Test
  void ctrlCWhileTheWorkersStartEndsThem() throws Exception {
    endsCleanly("start 2 workers", ProgramRun::pressCtrlC);
  }

  @Test
  void ctrlCWhileTheMatrixIsReadKeepsNoneOfIt() throws Exception {
    endsCleanly("read it into shared memory", ProgramRun::pressCtrlC);
  }

  @Test
  void ctrlCWhileTheResultIsWrittenKeepsNoHalfOfIt() throws Exception {
    endsCleanly("write the result", ProgramRun::pressCtrlC);
  }

  @Test
  void aSignalToTheDemoAloneEndsTheWorkersToo() throws Exception {
    endsCleanly("call haplotypes", ProgramRun::interruptAlone);
  }

  @Test
  void ctrlCWhileTheMatrixIsGeneratedLeavesNoHalfOfIt() throws Exception {
    try (var demo = demo("--rows", "40000000")) {
      while (unfinished().isEmpty() && demo.isRunning()) {
        Thread.sleep(5);
      }
      demo.pressCtrlC();
      assertEquals(130, demo.exitCode(), demo::outputOrReason);
      assertNothingLeft(demo);
    }
    assertEquals(List.of("output.txt"), filesInFolder());
  }

  private interface Signal {
    void to(ProgramRun demo) throws Exception;
  }

  private void endsCleanly(String duringPhase, Signal signal) throws Exception {
    try (var demo = demo("--rows", "1000000", "--workers", "2")) {
      demo.awaitOutput(duringPhase);
      signal.to(demo);
      assertEquals(130, demo.exitCode(), demo::outputOrReason);
      List<String> lines = demo.output().lines().toList();
      assertTrue(lines.getLast().startsWith("interrupted: the workers end"), demo::outputOrReason);
      assertTrue(lines.get(lines.size() - 2).startsWith(duringPhase), demo::outputOrReason);
      assertFalse(demo.output().contains("[worker"), demo::outputOrReason);
      assertNothingLeft(demo);
    }
    assertEquals(List.of("genome-1000000.tsv", "output.txt"), filesInFolder());
  }

  private static void assertNothingLeft(ProgramRun demo) throws Exception {
    assertEquals(List.of(), demo.processGroup());
    assertNull(demo.storedFiles());
  }

  private List<String> filesInFolder() throws IOException {
    return ProgramRun.filesBelow(folder).stream()
        .map(file -> file.getFileName().toString())
        .sorted()
        .toList();
  }

  private List<Path> unfinished() throws IOException {
    return ProgramRun.filesBelow(folder).stream()
        .filter(file -> file.toString().endsWith(".part"))
        .toList();
  }

  private ProgramRun demo(String... options) throws IOException {
    String[] arguments = new String[options.length + 2];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = "--dir";
    arguments[options.length + 1] = folder.toString();
    return new ProgramRun(GenomeDemo.class, folder, arguments);
  }
}
