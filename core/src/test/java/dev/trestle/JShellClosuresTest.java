package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.ClosureAnswers;
import dev.trestle.closure.ClosureCase;
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

/** What cells can send to workers from the JDK's own {@code jshell}, with the agent and without. */
@Tag("slow")
class JShellClosuresTest {
  @TempDir static Path folder;
  private static ClosureAnswers withAgent = new ClosureAnswers(Map.of());
  private static ClosureAnswers withoutAgent = new ClosureAnswers(Map.of());

  @BeforeAll
  static void run() throws Exception {
    Path library = Jars.library(folder);
    withAgent = answers("with", library, List.of("-R-javaagent:" + Jars.agent(folder)));
    withoutAgent = answers("without", library, List.of());
  }

  @TestFactory
  Stream<DynamicTest> theAgentLetsThisTravel() {
    return withAgent.travel();
  }

  @TestFactory
  Stream<DynamicTest> withoutTheAgentThisTravelsOrIsRefusedWithAdvice() {
    return withoutAgent.travelOrAreRefusedWithAdvice();
  }

  /** What the cases give in one session of jshell. */
  private static ClosureAnswers answers(String name, Path library, List<String> flags)
      throws Exception {
    List<String> script = new ArrayList<>(ClosureCase.IMPORTS);
    script.add("var workers = Trestle.workers(1);");
    for (ClosureCase each : ClosureCase.all()) {
      script.addAll(each.cells());
      script.add(
          """
          try { System.out.println("@%1$s@" + (%2$s)); } catch (Exception e) { \
          System.out.println("@%1$s@" + e.getMessage()); }
          """
              .formatted(each.sentence(), each.expression())
              .strip());
    }
    script.add("workers.close();");
    Path input = Files.write(folder.resolve(name + ".jsh"), script);
    Path output = folder.resolve(name + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path") + ":" + library,
                "-R--sun-misc-unsafe-memory-access=allow",
                "-J-Djava.util.prefs.userRoot=" + folder)); // else it writes to the user's settings
    command.addAll(flags);
    var jshell =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectErrorStream(true);
    jshell.environment().put(DefaultFolders.FOLDERS_VARIABLE, folder.resolve("store").toString());
    Process process = jshell.start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "jshell does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return ClosureAnswers.read(output);
  }
}
