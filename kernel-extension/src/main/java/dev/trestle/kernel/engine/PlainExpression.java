package dev.trestle.kernel.engine;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has the plainest of cells, an expression such as {@code total / 2}, run as a block that hands its
 * value over.
 *
 * <p>JShell would ask javac for the expression's type first and then declare a variable {@code $7}
 * for the value: half of the time that the cell takes, and one more import in every later snippet.
 */
final class PlainExpression {
  /** In lines of their own, so that the lines of the expression stay what they are. */
  private static final String BEFORE = "{ var $value$ = (\n";

  private static final String AFTER = "\n); " + CellValue.class.getName() + ".put($value$); }";

  /**
   * What is no plain expression, or might not be: assignments, blocks, lambdas, comments, several
   * statements, and what looks like a declaration or ends with nothing to hand over. It loses only
   * time to keep one out that is.
   */
  private static final Pattern OTHER =
      Pattern.compile(
          "[={};@]|->|::|//|/\\*|\"\"\"" // the last one is a text block
              + "|^\\s*(?!new\\b)[\\w.$]+(?:<[^()]*>)?(?:\\[\\])*\\s+[\\w$]"
              + "|\\.print(?:ln|f)?\\(|^\\s*printf\\(");

  private PlainExpression() {}

  /** The block in place of a part; null if that is no plain expression. */
  static CellCode.@Nullable Part block(CellCode.Part part) {
    if (OTHER.matcher(part.source()).find()) {
      return null;
    }
    return new CellCode.Part(BEFORE + part.source() + AFTER, part.offset() - BEFORE.length());
  }
}
