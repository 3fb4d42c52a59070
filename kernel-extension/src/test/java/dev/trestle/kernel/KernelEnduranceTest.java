package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long use: many starts, and many cells that change what earlier ones declared. */
@Tag("slow")
class KernelEnduranceTest {
  private static final int STARTS = 20;
  private static final int CELLS = 200;

  @Test
  void twentyStartsInARow(@TempDir Path folder) throws Exception {
    for (int i = 0; i < STARTS; i++) {
      try (KernelClient kernel = KernelClient.start(folder)) {
        assertEquals(Integer.toString(i + 1), kernel.run("%d + 1".formatted(i)).result());
        assertEquals("", kernel.terminal());
      }
    }
  }

  @Test
  void noVariableIsLostInTwoHundredCellsOfMixedEdits(@TempDir Path folder) throws Exception {
    Random random = new Random(20261);
    Map<String, Integer> expected = new HashMap<>();
    try (KernelClient kernel = KernelClient.start(folder)) {
      int version = 0;
      for (int i = 0; i < CELLS; i++) {
        String name = "v" + random.nextInt(12);
        int n = random.nextInt(1000);
        Outcome cell =
            switch (random.nextInt(10)) {
              case 0 -> kernel.run("import java.util.*;\nimport java.util.function.*;");
              case 1 -> kernel.run("import java.util.*;\nint broken = missing + %d;".formatted(n));
              case 2 ->
                  kernel.run("import java.time.*;\nthrow new Exception(\"%d\");".formatted(n));
              case 3 ->
                  kernel.run("int helper(int n) { return n + %d - %1$d; }".formatted(++version));
              case 4 ->
                  kernel.run(
                      "interface Step { int go(int n); default int version() { return %d; } }"
                          .formatted(++version));
              case 5 ->
                  kernel.run(
                      "record Pair(int a, int b) { int v%d() { return a; } }".formatted(++version));
              case 6 -> {
                expected.put(name, n);
                yield kernel.run(
                    "import java.util.*;\nList<Integer> %s = new ArrayList<>(List.of(%d));"
                        .formatted(name, n));
              }
              case 7 -> {
                expected.put(name, n);
                yield kernel.run(
                    "var %s = new ArrayList<Integer>(); %1$s.add(%d);".formatted(name, n));
              }
              case 8 -> kernel.run("List<Integer> %s = List.of(1 / 0);".formatted(name));
              default -> kernel.run("for (int i = 0; i < 3; i++) { System.out.println(i); }");
            };
        assertTrue(cell.reply().has("status"));
        for (Map.Entry<String, Integer> each :
            i % 20 == 19 ? expected.entrySet() : Map.<String, Integer>of().entrySet()) {
          assertEquals(
              each.getValue().toString(),
              kernel.run(each.getKey() + ".getFirst()").result(),
              "%s after cell %d".formatted(each.getKey(), i));
        }
      }
      assertTrue(expected.size() > 5);
    }
  }
}
