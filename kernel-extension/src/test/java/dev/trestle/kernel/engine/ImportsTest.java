package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ImportsTest {
  private static final String ALL =
      "package REPL;\nimport java.util.*;\nimport java.time.Duration;\n"
          + "import static REPL.$JShell$1.x;  import static REPL.$JShell$2.f;\n";

  private final Imports imports = new Imports(ALL);

  @Test
  void codeGetsWhatItNamesAndAllThatAnyNameCouldBeOf() {
    assertEquals(
        "package REPL;\nimport java.util.*;  import static REPL.$JShell$2.f;\n",
        imports.of("f(3) + y"));
    assertEquals(
        "package REPL;\nimport java.util.*;\nimport java.time.Duration;\n",
        imports.of("Duration.ofMinutes(2)"));
  }

  @Test
  void codeWithoutNamesNeedsNone() {
    assertEquals("package REPL;\n", imports.of("1 + 2"));
  }

  @Test
  void namesCanBeWrittenInEscapes() {
    assertEquals(ALL, imports.of("\\u0078 + 1"));
  }
}
