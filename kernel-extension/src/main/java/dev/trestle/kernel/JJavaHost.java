package dev.trestle.kernel;

import dev.trestle.kernel.engine.CellCode;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/**
 * A JJava kernel, for our magics: it runs code, and tells nothing of its JShell. Like the cells,
 * for one thread at a time.
 */
final class JJavaHost implements Host, AutoCloseable {
  private final BaseKernel kernel;
  private final Screen screen;
  private @Nullable JShell reader; // runs nothing; takes code apart

  JJavaHost(BaseKernel kernel, Screen screen) {
    this.kernel = kernel;
    this.screen = screen;
  }

  @Override
  public Screen screen() {
    return screen;
  }

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
    JShell shell = reader;
    if (shell == null) {
      shell = JShell.builder().executionEngine("local").build(); // 150 ms and more
      reader = shell;
    }
    return CellCode.split(shell.sourceCodeAnalysis(), code);
  }

  /** JJava's own exceptions are in a part of it that is not to be had as a library. */
  @Override
  public boolean isCompileError(Exception failure) {
    return failure.getClass().getSimpleName().equals("CompilationException");
  }

  /** Not told: {@code %%fork} brings nothing back by itself. */
  @Override
  public Set<String> variableNames() {
    return Set.of();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
