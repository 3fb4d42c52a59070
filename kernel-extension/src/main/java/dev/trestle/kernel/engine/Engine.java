package dev.trestle.kernel.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Java, cell by cell, in this JVM.
 *
 * <p>Cells run one at a time, each for the thread that calls {@link #run}; code that runs may
 * itself call {@code run}. Questions about code ({@link #help}) are answered while a cell runs, by
 * any thread. {@link #interrupt} may be called at any time.
 */
public final class Engine implements AutoCloseable {
  private final ReentrantLock compiling = new ReentrantLock();
  private final CellControl control;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Origins origins;
  private final Variables variables;
  private final Consumer<String> notices;
  private final Map<String, Snippet> declared = new HashMap<>(); // by text; guarded by compiling
  private volatile @Nullable Cell running;
  private volatile @Nullable Cell stopped;

  /**
   * @param compilerOptions for javac
   * @param notices takes sentences that a user should read and that are no failure
   */
  public Engine(List<String> compilerOptions, Consumer<String> notices) {
    this.notices = notices;
    this.control = new CellControl(compiling);
    this.shell =
        JShell.builder()
            .executionEngine(new Given(control), Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    this.analysis = shell.sourceCodeAnalysis();
    this.origins = new Origins(analysis);
    this.variables = new Variables(shell, control, notices);
  }

  /**
   * Runs a cell's code.
   *
   * @return the value of its last expression; null if it ends with something else
   * @throws CellFailure if it does not compile, throws or is interrupted; what came before stays
   *     done
   */
  public @Nullable Object run(Cell cell, String code) throws CellFailure {
    return run(cell, code, part -> {});
  }

  /**
   * Runs a cell's code.
   *
   * @param beginning told of each snippet just before it runs
   */
  public @Nullable Object run(Cell cell, String code, Consumer<? super CellCode.Part> beginning)
      throws CellFailure {
    Cell outer = enter(cell);
    compiling.lock();
    try {
      control.runFor(cell);
      return evaluate(cell, code, beginning);
    } finally {
      control.runFor(null);
      compiling.unlock();
      leave(outer);
    }
  }

  /** Calls something for a cell, on a thread of the cell: it can be interrupted like its code. */
  public <T extends @Nullable Object> T call(Cell cell, Callable<T> code) throws CellFailure {
    Cell outer = enter(cell);
    try {
      return cell.call(code, control.loader());
    } catch (ExecutionException e) {
      throw Traceback.failure(Objects.requireNonNull(e.getCause()), origins);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      leave(outer);
    }
  }

  /** Ends the running cell's code; returns whether one was running. Does not wait for its end. */
  public boolean interrupt() {
    Cell cell = running;
    if (cell == null) {
      return false;
    }
    stopped = cell;
    control.order(() -> stopIfOf(cell));
    cell.interrupt();
    return true;
  }

  private void stopIfOf(Cell cell) {
    Cell owner = Cell.of(Thread.currentThread());
    if (cell.equals(owner) || (owner == null && cell.equals(running))) {
      throw new CellStop();
    }
  }

  private @Nullable Cell enter(Cell cell) {
    Cell outer = running;
    running = cell;
    return outer;
  }

  private void leave(@Nullable Cell outer) {
    Cell cell = stopped;
    // While threads of it still run, the checks stay on; they cost those of other cells little.
    if (cell != null && outer == null && cell.inNotebookCode().isEmpty()) {
      control.order(null);
      stopped = null;
    }
    running = outer;
  }

  private @Nullable Object evaluate(
      Cell cell, String code, Consumer<? super CellCode.Part> beginning) throws CellFailure {
    CellCode cellCode = CellCode.split(analysis, code);
    if (!cellCode.isWhole()) {
      throw syntaxError(cell, code, cellCode.rest());
    }
    Object result = null;
    List<Declared> unfinished = new ArrayList<>();
    for (CellCode.Part part : SealedTypes.complete(cellCode.parts())) {
      if (cell.isInterrupted()) {
        throw interrupted(new InterruptedCellException(null, null));
      }
      result = null;
      if (isDeclaredAlready(part)) {
        continue;
      }
      beginning.accept(part);
      CellCode.Part block = PlainExpression.block(part);
      List<SnippetEvent> events = block == null ? List.of() : shell.eval(block.source());
      // No value at all, or not as plain as it looked.
      if (block == null || events.getFirst().status() == Status.REJECTED) {
        block = null;
        events = shell.eval(part.source());
      }
      Throwable thrown = control.takeThrown();
      for (SnippetEvent event : events) {
        Object value = block == null ? value(event) : cell.takeLeft();
        if (event.causeSnippet() == null) {
          result = value;
          CellCode.Part run = block == null ? part : block;
          origins.declared(event.snippet(), cell.number(), code, part, run);
        } else {
          origins.moved(event.snippet());
        }
      }
      variables.keep(events);
      for (SnippetEvent event : events) {
        if (event.causeSnippet() == null) {
          check(cell, code, part, event, thrown);
          if (event.snippet() instanceof DeclarationSnippet declaration) {
            declared.put(part.source().strip(), declaration);
            unfinished.add(new Declared(declaration, part));
          }
        }
      }
    }
    for (Declared each : unfinished) {
      checkUsable(cell, code, each);
    }
    return result;
  }

  private record Declared(DeclarationSnippet snippet, CellCode.Part part) {}

  /**
   * Whether the same text already stands: a second declaration would change nothing but take away
   * the values of all variables that depend on it.
   */
  private boolean isDeclaredAlready(CellCode.Part part) {
    Snippet snippet = declared.get(part.source().strip());
    return snippet != null
        && snippet.kind() != Snippet.Kind.VAR
        && shell.status(snippet) == Status.VALID;
  }

  private @Nullable Object value(SnippetEvent event) {
    String key = event.value();
    if (key == null || !event.snippet().subKind().isExecutable()) {
      return null;
    }
    Object value = control.takeResult(key);
    return switch (event.snippet().subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> value;
      default -> null;
    };
  }

  private void check(
      Cell cell, String code, CellCode.Part part, SnippetEvent event, @Nullable Throwable thrown)
      throws CellFailure {
    if (thrown instanceof InterruptedCellException interruption) {
      throw interrupted(interruption);
    }
    if (event.exception() instanceof UnresolvedReferenceException unresolved) {
      String message = missing(unresolved.getSnippet());
      throw new CellFailure("UnresolvedReference", message, List.of(Ansi.bold(message)));
    }
    if (thrown instanceof CellFailure ofInnerCode) {
      throw ofInnerCode; // run by a magic, and reported already
    }
    if (thrown != null) {
      throw Traceback.failure(thrown, origins);
    }
    if (event.status() == Status.REJECTED) {
      throw compileError(cell, code, part, event.snippet());
    }
  }

  private void checkUsable(Cell cell, String code, Declared each) throws CellFailure {
    DeclarationSnippet snippet = each.snippet();
    switch (shell.status(snippet)) {
      case RECOVERABLE_NOT_DEFINED -> {
        if (shell.diagnostics(snippet).findAny().isPresent()) {
          throw compileError(cell, code, each.part(), snippet);
        }
        String message = missing(snippet);
        throw new CellFailure("UnresolvedReference", message, List.of(Ansi.bold(message)));
      }
      case RECOVERABLE_DEFINED -> notices.accept(missing(snippet));
      default -> {}
    }
  }

  private String missing(DeclarationSnippet snippet) {
    String names = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    return "%s cannot be used until this is declared: %s"
        .formatted(snippet.name(), names.isEmpty() ? "what it refers to" : names);
  }

  private CellFailure syntaxError(Cell cell, String code, CellCode.Part rest) {
    for (SnippetEvent event : shell.eval(rest.source())) {
      if (event.status() == Status.REJECTED) {
        return compileError(cell, code, rest, event.snippet());
      }
    }
    return CompileErrors.failure(List.of(), rest.source(), cell.number(), firstLine(code, rest));
  }

  private CellFailure compileError(Cell cell, String code, CellCode.Part part, Snippet snippet) {
    return CompileErrors.failure(
        shell.diagnostics(snippet).toList(),
        snippet.source(),
        cell.number(),
        firstLine(code, part));
  }

  private static int firstLine(String code, CellCode.Part part) {
    return 1 + (int) code.substring(0, part.offset()).chars().filter(c -> c == '\n').count();
  }

  private CellFailure interrupted(InterruptedException interruption) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.bold("The cell was interrupted."));
    if (interruption.getCause() != null) {
      lines.addAll(Traceback.frames(interruption.getCause().getStackTrace(), origins));
    }
    if (interruption instanceof InterruptedCellException of && of.stillRunning() != null) {
      lines.add("It still runs: it is inside a library that does not mind an interrupt.");
      lines.addAll(Traceback.frames(of.stillRunning().getStackTrace(), origins));
    }
    return new CellFailure("Interrupted", "the cell was interrupted", lines);
  }

  /** Answers questions about code: what could follow, what is meant, whether it is complete. */
  public CodeHelp help() {
    return new CodeHelp(analysis, compiling);
  }

  /** Takes code apart into snippets. */
  public CellCode split(String code) {
    compiling.lock();
    try {
      return CellCode.split(analysis, code);
    } finally {
      compiling.unlock();
    }
  }

  /** The names of the variables that cells have declared and can use now. */
  public Set<String> variableNames() {
    compiling.lock();
    try {
      return shell
          .variables()
          .filter(variable -> shell.status(variable) == Status.VALID)
          .map(VarSnippet::name)
          .collect(Collectors.toSet());
    } finally {
      compiling.unlock();
    }
  }

  /** Adds a jar or a folder to what cells can use. */
  public void addToClasspath(String path) {
    compiling.lock();
    try {
      shell.addToClasspath(path);
    } finally {
      compiling.unlock();
    }
  }

  @Override
  public void close() {
    interrupt();
    shell.close();
  }

  private record Given(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "trestle";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
