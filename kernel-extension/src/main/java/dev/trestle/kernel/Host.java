package dev.trestle.kernel;

import dev.trestle.kernel.engine.CellCode;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/** The kernel as its magics see it. Used on the thread of the cell that called the magic. */
interface Host {
  /** Where magics show and say things. */
  Screen screen();

  /** Shows a value as if it were the result of the cell. */
  void showResult(Object value);

  /**
   * Runs code for the cell, which may have magics of its own.
   *
   * @param beginning told of each snippet just before it runs
   * @return the value of the last expression; null if there is none
   * @throws Exception what the kernel makes of code that fails: a magic lets it pass
   */
  @Nullable Object run(String code, Consumer<? super CellCode.Part> beginning) throws Exception;

  /** How a kernel runs the text of a snippet. */
  @FunctionalInterface
  interface Evaluation {
    @Nullable Object of(String snippet) throws Exception;
  }

  /** As {@link #run(String, Consumer)}, for a kernel that tells nothing of the snippets it runs. */
  default @Nullable Object runEach(
      String code, Consumer<? super CellCode.Part> beginning, Evaluation evaluation)
      throws Exception {
    CellCode cell = split(code);
    Object result = null;
    for (CellCode.Part part : cell.parts()) {
      beginning.accept(part);
      result = evaluation.of(part.source());
    }
    return cell.isWhole() ? result : evaluation.of(cell.rest().source());
  }

  default @Nullable Object run(String code) throws Exception {
    return run(code, part -> {});
  }

  /** Takes code apart into snippets. */
  CellCode split(String code);

  /** Whether code failed because it does not compile, so that nothing of it ran. */
  boolean isCompileError(Exception failure);

  /** The names of the notebook's variables. */
  Set<String> variableNames();

  /** As {@link #variableNames()}, of a kernel that has its variables in a JShell. */
  static Set<String> variableNames(JShell shell) {
    return shell
        .variables()
        .filter(variable -> shell.status(variable) == Snippet.Status.VALID)
        .map(VarSnippet::name)
        .collect(Collectors.toSet());
  }

  /** Gives the notebook a variable, in place of one of that name. */
  default void define(String type, String name, Object value) throws Exception {
    String key = Handover.leave(value);
    try {
      run("%s %s = dev.trestle.kernel.Handover.take(\"%s\");".formatted(type, name, key));
    } finally {
      Handover.forget(key);
    }
  }
}
