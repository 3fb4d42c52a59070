package dev.trestle.closure;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * A notebook in this JVM: JShell with the engine and the class loader that notebook kernels use.
 */
public final class Notebook implements AutoCloseable {
  private static final AtomicReference<@Nullable Object> GIVEN = new AtomicReference<>();

  private final JShell shell;

  public Notebook() {
    this(JShell.builder().executionEngine(new InProcess(), Map.of()));
  }

  /** A notebook on JShell's own in-process engine, which puts stop checks into each method. */
  static Notebook withStopChecks() {
    return new Notebook(JShell.builder().executionEngine("local"));
  }

  private Notebook(JShell.Builder builder) {
    shell = builder.build();
    cell("import dev.trestle.*; import java.util.*; import java.util.function.*;");
    cell("import java.util.stream.*; import java.io.*;");
  }

  /** Called from cells: how a value gets out of the notebook. */
  public static void give(@Nullable Object value) {
    GIVEN.set(value);
  }

  /** Runs a cell, snippet by snippet. */
  public void cell(String code) {
    CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(code);
    while (next.completeness().isComplete()) {
      shell.eval(next.source()).forEach(this::check);
      next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
    }
    if (!next.remaining().isBlank()) {
      throw new AssertionError("not evaluated: " + next.remaining());
    }
  }

  /** The value of an expression in the notebook. */
  public Object value(String expression) {
    cell("dev.trestle.closure.Notebook.give(" + expression + ");");
    return Objects.requireNonNull(GIVEN.getAndSet(null), expression);
  }

  void addToClasspath(String path) {
    shell.addToClasspath(path);
  }

  private void check(SnippetEvent event) {
    if (event.exception() != null) {
      throw new AssertionError(event.snippet().source(), event.exception());
    }
    if (event.status() == Snippet.Status.REJECTED) {
      throw new AssertionError(
          event.snippet().source()
              + shell.diagnostics(event.snippet()).map(each -> each.getMessage(null)).toList());
    }
  }

  @Override
  public void close() {
    shell.close();
  }

  private static final class InProcess implements ExecutionControlProvider {
    @Override
    public String name() {
      return "in-process";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }
}
