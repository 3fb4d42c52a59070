package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.closure.ClosureCase;
import dev.trestle.closure.Jars;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What cells can send to workers from our own kernel: everything, as it is. */
@Tag("slow")
class EngineClosuresTest {
  @TempDir static Path folder;
  private static final Engine ENGINE = new Engine(List.of(), notice -> {});
  private static int cells;

  @BeforeAll
  static void start() throws Exception {
    for (String line : ClosureCase.IMPORTS) {
      run(line);
    }
    run("Store store = Store.open(java.nio.file.Path.of(\"" + folder.resolve("store") + "\"));");
    run("Workers workers = store.workers(1);");
  }

  @AfterAll
  static void end() throws Exception {
    run("workers.close(); store.close();");
    ENGINE.close();
  }

  @TestFactory
  Stream<DynamicTest> thisTravels() {
    return ClosureCase.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.sentence(), () -> check(each)));
  }

  private static void check(ClosureCase each) throws Exception {
    if (each.needsLibrary()) {
      ENGINE.addToClasspath(Jars.library(folder).toString());
    }
    for (String cell : each.cells()) {
      run(cell);
    }
    assertEquals(each.expected(), String.valueOf(run(each.expression())));
  }

  private static Object run(String code) throws CellFailure {
    Object value = ENGINE.run(new Cell(++cells), code);
    return value == null ? "" : value;
  }
}
