package dev.trestle.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What the cases of {@link ClosureCase} gave in a notebook in another process. */
public record ClosureAnswers(Map<String, String> bySentence) {

  /** Reads lines {@code @sentence@answer} among others. */
  public static ClosureAnswers read(Path output) throws IOException {
    Map<String, String> answers = new HashMap<>();
    for (String line : Files.readAllLines(output)) {
      String[] parts = line.split("@", 3);
      if (parts.length == 3) {
        answers.put(parts[1], parts[2]);
      }
    }
    return new ClosureAnswers(answers);
  }

  /** Tests that all of them travel. */
  public Stream<DynamicTest> travel() {
    return ClosureCase.all().stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.sentence(),
                () -> assertEquals(each.expected(), bySentence.get(each.sentence()))));
  }

  /** Tests that those which take an agent are refused with advice, and the others travel. */
  public Stream<DynamicTest> travelOrAreRefusedWithAdvice() {
    return ClosureCase.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.sentence(), () -> checkWithoutAgent(each)));
  }

  private void checkWithoutAgent(ClosureCase each) {
    String answer = String.valueOf(bySentence.get(each.sentence()));
    if (each.needsRewriting()) {
      assertTrue(answer.contains("-javaagent"), answer);
    } else {
      assertEquals(each.expected(), answer);
    }
  }
}
