package dev.trestle.kernel;

import dev.trestle.kernel.engine.Cell;
import dev.trestle.kernel.engine.CellCode;
import dev.trestle.kernel.engine.CellFailure;
import dev.trestle.kernel.engine.Engine;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Our own kernel, for its magics.
 *
 * @param results shows a value as a result
 * @param withoutMagics makes Java of code with magics
 */
record TrestleHost(
    Engine engine, Screen screen, Consumer<Object> results, UnaryOperator<String> withoutMagics)
    implements Host {
  @Override
  public void showResult(Object value) {
    results.accept(value);
  }

  @Override
  public @Nullable Object run(String code, Consumer<? super CellCode.Part> beginning)
      throws Exception {
    Cell cell = Cell.of(Thread.currentThread());
    return engine.run(cell == null ? new Cell(0) : cell, withoutMagics.apply(code), beginning);
  }

  @Override
  public CellCode split(String code) {
    return engine.split(withoutMagics.apply(code));
  }

  @Override
  public boolean isCompileError(Exception failure) {
    return failure instanceof CellFailure cell && cell.isOfCompiler();
  }

  @Override
  public Set<String> variableNames() {
    return engine.variableNames();
  }
}
