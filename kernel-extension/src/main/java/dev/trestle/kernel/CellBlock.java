package dev.trestle.kernel;

import dev.trestle.kernel.engine.BlockCode;
import dev.trestle.kernel.engine.CellCode;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The body of a cell as a lambda that a magic hands to something; its lines keep their numbers. */
final class CellBlock {
  private final Host host;
  private final BlockCode code;

  private CellBlock(Host host, BlockCode code) {
    this.host = host;
    this.code = code;
  }

  /**
   * Takes a body apart and declares its imports, methods and types in the notebook.
   *
   * @throws MagicMistake if there is nothing in it
   * @throws Exception if it is no Java, or a declaration fails
   */
  static CellBlock of(Host host, String body) throws Exception {
    CellCode cell = host.split("\n" + body); // the magic's own line is the first one
    if (!cell.isWhole()) {
      host.run("\n" + body); // fails, and says why
    }
    BlockCode code = BlockCode.of(cell);
    if (cell.parts().isEmpty()) {
      throw new MagicMistake("wants the code to run in the lines below it.");
    }
    if (!code.declarations().isBlank()) {
      host.run(code.declarations());
    }
    return new CellBlock(host, code);
  }

  BlockCode code() {
    return code;
  }

  /**
   * Runs the code before, then the statements as the inside of a lambda, then the code behind.
   *
   * <p>Its last expression is its value. Whether a call has a value only the compiler knows: if it
   * refuses the lambda with one, it is offered the one without.
   *
   * @return the value of all that as an expression
   */
  @Nullable Object run(String before, String behind) throws Exception {
    return run(
        () -> before + code.returning() + "\n" + behind,
        () -> before + code.doing() + "\n" + behind);
  }

  /**
   * As {@link #run(String, String)}, where the lambda returns what is made of the value in any
   * case; of {@code null} if there is none.
   */
  @Nullable Object run(String before, UnaryOperator<String> returned, String behind)
      throws Exception {
    BlockCode.Expression last = code.last();
    return run(
        () ->
            before
                + code.statements()
                + (last == null
                    ? "\nreturn " + returned.apply("null") + ";"
                    : last.before() + "return " + returned.apply(last.text()) + ";" + last.after())
                + "\n"
                + behind,
        () -> before + code.doing() + "\nreturn " + returned.apply("null") + ";\n" + behind);
  }

  private @Nullable Object run(Supplier<String> withValue, Supplier<String> without)
      throws Exception {
    BlockCode.Expression last = code.last();
    if (last == null || !last.mayStandAlone()) {
      return host.run(withValue.get());
    }
    try {
      return host.run(withValue.get());
    } catch (Exception e) {
      if (!host.isCompileError(e)) {
        throw e;
      }
      return host.run(without.get());
    }
  }
}
