package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.ClosureAnswers;
import dev.trestle.closure.Jars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What cells can send to workers from stock IJava, with the agent and without. */
@Tag("slow")
class StockIJavaClosuresTest {
  @TempDir static Path folder;
  private static ClosureAnswers withAgent = new ClosureAnswers(Map.of());
  private static ClosureAnswers withoutAgent = new ClosureAnswers(Map.of());

  @BeforeAll
  static void run() throws Exception {
    Path library = Jars.library(folder);
    withAgent = answers(library, List.of("-javaagent:" + Jars.agent(folder)));
    withoutAgent = answers(library, List.of());
  }

  @TestFactory
  Stream<DynamicTest> theAgentLetsThisTravel() {
    return withAgent.travel();
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentThisTravelsOrIsRefusedWithAdvice() {
    return withoutAgent.travelOrAreRefusedWithAdvice();
  }

  private static ClosureAnswers answers(Path library, List<String> flags) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-Xmx256m", "--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(IJavaCells.class.getName(), library.toString()));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("TRESTLE_STORE", folder.resolve("store").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "IJava does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return ClosureAnswers.read(output);
  }
}
