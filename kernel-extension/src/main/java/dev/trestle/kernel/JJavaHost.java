package dev.trestle.kernel;

import dev.trestle.kernel.engine.CellCode;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** A JJava kernel, for our magics. */
record JJavaHost(BaseKernel kernel, Screen screen) implements Host {
  @Override
  public void showResult(Object value) {
    Renderer renderer = new Renderer();
    Extension.registerRenderers(renderer);
    kernel.display(JJavaExtension.inJJava(renderer.render(value)));
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

  /** JJava's own exceptions are in a part of it that is not to be had as a library. */
  @Override
  public boolean isCompileError(Exception failure) {
    return failure.getClass().getSimpleName().equals("CompilationException");
  }

  @Override
  public Set<String> variableNames() {
    return Host.variableNames(shell());
  }

  /** The kernel's class with this method is in that part, too. */
  private JShell shell() {
    return (JShell) Reflected.called(kernel, "getJShell");
  }
}
