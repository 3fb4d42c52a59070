package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicLinesTest {
  @Test
  void aLineMagicBecomesACallOnItsLine() {
    assertEquals(
        "int a = 1;\n  lineMagic(\"workers\",java.util.List.of(\"2\",\"--heap\",\"1g\"));{};\nint b;",
        MagicLines.toJava("int a = 1;\n  %workers 2 --heap 1g\nint b;"));
  }

  @Test
  void aLineMagicMayStandBehindAnEqualsSign() {
    assertEquals(
        "List<String> jars = lineMagic(\"maven\",java.util.List.of(\"a:b:1\"));{};",
        MagicLines.toJava("List<String> jars = %maven a:b:1"));
  }

  @Test
  void aCellMagicTakesTheRestOfTheCellAsItIs() {
    assertEquals(
        "cellMagic(\"memory\",java.util.List.of(\"--lines\"),\"String s = \\\"%d\\\\n\\\";\\n%tables\");{};",
        MagicLines.toJava("%%memory --lines\nString s = \"%d\\n\";\n%tables"));
    assertEquals(
        "cellMagic(\"time\",java.util.List.of(),\"\\n\");{};", MagicLines.toJava("\n%%time"));
    assertEquals(
        "cellMagic(\"time\",java.util.List.of(),\"\\n\\nf();\");{};",
        MagicLines.toJava("// how long?\n\n%%time\nf();"));
  }

  @Test
  void aLongCellIsMoreThanOneConstant() {
    String java = MagicLines.toJava("%%time\n" + "x".repeat(50_000));
    assertEquals(3, java.split("\"x+\"", -1).length - 1);
  }

  @Test
  void aQuestionMarkAsksForHelp() {
    assertEquals("lineMagic(\"share?\",java.util.List.of());{};", MagicLines.toJava("%share?"));
    assertEquals("lineMagic(\"%memory?\",java.util.List.of());{};", MagicLines.toJava("%%memory?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int r = a %b;",
        "String s = \"\"\"\n    %tables\n    \"\"\";",
        "/* so:\n%tables\n*/ int a;",
        "// %tables",
        "printf(\"%d = %s\", 1, '\"');",
        "int a = 7 % 2;\nchar quote = '\"'; String s = \"=%x\";"
      })
  void javaStaysAsItIs(String code) {
    assertEquals(code, MagicLines.toJava(code));
  }

  @Test
  void wordsAreHeldTogetherByQuotes() {
    assertEquals(
        List.of("a", "b c", "d=e", "f\"g", ""), MagicLines.split("a \"b c\"  d=\"e\" f\\\"g \"\""));
  }

  @Test
  void whatStandsBehindAnEqualsSignOfItsOwnIsJava() {
    assertEquals(
        List.of("t", "=", "read(\"a b.csv\") --keep"),
        MagicLines.split("t = read(\"a b.csv\") --keep "));
    assertEquals(List.of("t", "=="), MagicLines.split("t =="));
  }
}
