package dev.trestle.kernel.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
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
  private final Failures failures;
  private final @Nullable PlainCode plainCode; // null: this JVM keeps javac closed
  private final Variables variables;
  private final Consumer<String> notices;
  private final Map<String, Snippet> declared = new HashMap<>(); // by text; guarded by compiling

  /**
   * Whether a cell has run, beyond those of the start; guarded by compiling. Until then JShell runs
   * everything: a second javac would put 0.3 s of processor time before a kernel's first result.
   */
  private boolean hasRunCells;

  private volatile @Nullable Cell running;
  private volatile @Nullable Cell stopped;

  /**
   * @param compilerOptions for javac
   * @param notices takes sentences that a user should read and that are no failure
   */
  public Engine(List<String> compilerOptions, Consumer<String> notices) {
    this(compilerOptions, notices, KeptCompiler.isPossible());
  }

  private Engine(List<String> compilerOptions, Consumer<String> notices, boolean isDirect) {
    this.notices = notices;
    this.control = new CellControl(compiling);
    StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    this.shell =
        JShell.builder()
            .executionEngine(new Given(control), Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .fileManager(own -> files) // shared: each jar is opened once
            .build();
    this.analysis = shell.sourceCodeAnalysis();
    this.plainCode =
        isDirect
            ? new PlainCode(
                analysis, new KeptCompiler(compilerOptions, new NotebookFiles(files, control)))
            : null;
    this.origins = new Origins(analysis);
    this.failures = new Failures(shell, origins);
    this.variables = new Variables(shell, control, notices);
  }

  /** An engine in which JShell runs everything, as in a JVM that keeps javac to itself. */
  static Engine withJShellAlone(List<String> compilerOptions, Consumer<String> notices) {
    return new Engine(compilerOptions, notices, false);
  }

  /** What a JVM is best started with: without, most cells take ten times as long. */
  public static List<String> flags() {
    return KeptCompiler.flags();
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
    return run(cell, code, beginning, value -> value);
  }

  /**
   * Runs a cell's code, and what makes something of the value: on a thread of the cell, so that it
   * can be interrupted like the code.
   *
   * @param then not called if there is no value; may run code of the user
   */
  public <T> @Nullable T runThen(Cell cell, String code, Function<Object, @Nullable T> then)
      throws CellFailure {
    return run(cell, code, part -> {}, then);
  }

  private <T> @Nullable T run(
      Cell cell,
      String code,
      Consumer<? super CellCode.Part> beginning,
      Function<Object, @Nullable T> then)
      throws CellFailure {
    Cell outer = enter(cell);
    compiling.lock();
    try {
      control.runFor(cell);
      return evaluate(cell, code, beginning, then);
    } catch (ExecutionException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      throw failures.of(
          thrown instanceof InvocationTargetException
              ? Objects.requireNonNull(thrown.getCause())
              : thrown);
    } catch (InterruptedException e) {
      throw failures.interrupted(e);
    } finally {
      if (outer == null) {
        variables.tellLost();
      }
      hasRunCells |= cell.number() > 0;
      control.runFor(null);
      compiling.unlock();
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

  private <T> @Nullable T evaluate(
      Cell cell,
      String code,
      Consumer<? super CellCode.Part> beginning,
      Function<Object, @Nullable T> then)
      throws CellFailure, ExecutionException, InterruptedException {
    CellCode cellCode = CellCode.split(analysis, code);
    if (!cellCode.isWhole()) {
      throw syntaxError(cell, code, cellCode.rest());
    }
    List<CellCode.Part> parts = SealedTypes.complete(cellCode.parts());
    List<Declared> unfinished = new ArrayList<>();
    Object value = null; // of the last part
    T made = null; // of that value
    for (CellCode.Part part : parts) {
      if (cell.isInterrupted()) {
        throw new InterruptedCellException(null, null);
      }
      value = null;
      made = null;
      if (isDeclaredAlready(part)) {
        continue;
      }
      beginning.accept(part);
      PlainCode.Compiled plain =
          plainCode != null && hasRunCells ? plainCode.compile(part.source()) : null;
      if (plain != null && control.defines(plain)) {
        origins.compiled(plain, cell, code, part);
        boolean isWanted = plain.hasValue() && part.equals(parts.getLast());
        made = control.run(plain, any -> isWanted && any != null ? then.apply(any) : null);
      } else {
        value = runInJShell(cell, code, part, unfinished);
      }
    }
    for (Declared each : unfinished) {
      checkUsable(cell, code, each);
    }
    Object last = value;
    return last == null ? made : control.call(() -> then.apply(last));
  }

  private @Nullable Object runInJShell(
      Cell cell, String code, CellCode.Part part, List<Declared> unfinished) throws CellFailure {
    List<SnippetEvent> events = declare(part.source());
    Throwable thrown = control.takeThrown();
    Object result = null;
    for (SnippetEvent event : events) {
      Object value = value(event);
      if (event.causeSnippet() == null) {
        result = value;
        origins.declared(event.snippet(), cell, code, part);
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
    return result;
  }

  private List<SnippetEvent> declare(String source) {
    try {
      return shell.eval(source);
    } finally {
      if (plainCode != null) {
        plainCode.forgetImports();
      }
    }
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
    if (thrown != null) {
      throw failures.of(thrown);
    }
    if (event.status() == Status.REJECTED) {
      throw failures.refused(cell, code, part, event.snippet());
    }
  }

  private void checkUsable(Cell cell, String code, Declared each) throws CellFailure {
    DeclarationSnippet snippet = each.snippet();
    switch (shell.status(snippet)) {
      case RECOVERABLE_NOT_DEFINED -> {
        if (shell.diagnostics(snippet).findAny().isPresent()) {
          throw failures.refused(cell, code, each.part(), snippet);
        }
        throw failures.unresolved(snippet);
      }
      case RECOVERABLE_DEFINED -> notices.accept(failures.missing(snippet));
      default -> {}
    }
  }

  private CellFailure syntaxError(Cell cell, String code, CellCode.Part rest) {
    for (SnippetEvent event : declare(rest.source())) {
      if (event.status() == Status.REJECTED) {
        return failures.refused(cell, code, rest, event.snippet());
      }
    }
    return failures.refused(cell, code, rest, null);
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
      if (plainCode != null) {
        plainCode.forgetClasses();
      }
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
