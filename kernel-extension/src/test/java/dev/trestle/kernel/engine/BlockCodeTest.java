package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trestle.kernel.engine.BlockCode.Variable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockCodeTest {
  private final Engine engine = new Engine(List.of(), notice -> {});

  @AfterEach
  void close() {
    engine.close();
  }

  private BlockCode block(String code) {
    return BlockCode.of(engine.split(code));
  }

  @Test
  void importsMethodsAndTypesAreTakenOutAndEachLineStaysOnItsLine() {
    BlockCode block =
        block(
            "import java.util.*;\nint a = 1;\nint f(int x) {\n  return x;\n}\nrecord P() {}\nf(a)");
    assertEquals(
        "import java.util.*;\n\nint f(int x) {\n  return x;\n}\nrecord P() {}\n",
        block.declarations().stripTrailing() + "\n");
    assertEquals("\nint a = 1;\n\n\n\n\nreturn f(a);", block.returning());
  }

  @Test
  void theLastExpressionIsReturnedWithOrWithoutASemicolon() {
    assertEquals("int s = 1;\nreturn s + 2;", block("int s = 1;\ns + 2").returning());
    assertEquals("return f(2); // so", block("f(2); // so").returning());
    assertEquals("f(2); // so", block("f(2); // so").doing());
  }

  @Test
  void aStatementAtTheEndIsNoValue() {
    assertNull(block("if (true) {\n  f();\n}").last());
    assertNull(block("int n = 5;").last());
  }

  @Test
  void moreCanFollowALoopWithoutAnEndAndAThrow() {
    assertEquals(
        "int n = 1;if (true) {\nwhile (true) {}\n}", block("int n = 1;\nwhile (true) {}").doing());
    assertEquals("if (true) {throw e;\n}", block("throw e;").returning());
  }

  @Test
  void variablesAreKnownWithTheirTypesAndAssignmentsWithTheirNames() {
    BlockCode block =
        block("var list = g();\nint a = 1, b = 2;\nn += a;\nfor (;;) { m++; other.x = 3; }");
    assertEquals(
        List.of(new Variable(null, "list"), new Variable("int", "a"), new Variable("int", "b")),
        block.variables());
    assertEquals(Set.of("n", "m"), block.assigned());
  }
}
