package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.ClosureCase;
import dev.trestle.closure.Jars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static Map<String, String> withAgent = Map.of();
  private static Map<String, String> withoutAgent = Map.of();

  @BeforeAll
  static void run() throws Exception {
    Path library = Jars.library(folder);
    withAgent = answers(library, List.of("-javaagent:" + Jars.agent(folder)));
    withoutAgent = answers(library, List.of());
  }

  @TestFactory
  Stream<DynamicTest> theAgentLetsThisTravel() {
    return ClosureCase.all().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.sentence(),
                () -> assertEquals(each.expected(), withAgent.get(each.sentence()))));
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentThisTravelsOrIsRefusedWithAdvice() {
    return ClosureCase.all().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.sentence(),
                () -> {
                  String answer = String.valueOf(withoutAgent.get(each.sentence()));
                  if (each.needsRewriting()) {
                    assertTrue(answer.contains("-javaagent"), answer);
                  } else {
                    assertEquals(each.expected(), answer);
                  }
                }));
  }

  private static Map<String, String> answers(Path library, List<String> flags) throws Exception {
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
    Map<String, String> answers = new HashMap<>();
    for (String line : Files.readAllLines(output)) {
      String[] parts = line.split("@", 3);
      if (parts.length == 3) {
        answers.put(parts[1], parts[2]);
      }
    }
    assertEquals(ClosureCase.all().size(), answers.size(), Files.readString(output));
    return answers;
  }
}
