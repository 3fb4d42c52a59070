package dev.trestle.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * JShell's hands in this JVM: defines the classes of snippets, with stop checks, and calls them on
 * a thread of the running cell. Results are kept as objects, not as the texts that JShell asks for.
 */
final class CellControl extends DirectExecutionControl {
  /** No key: JShell drops what it gets for a statement, so it could not be taken away again. */
  private static final String NOTHING = "nothing";

  private final ReentrantLock compiling;
  private final ClassLoader loader;
  private final Map<String, Object> results = new HashMap<>(); // guarded by compiling
  // By the thread that called JShell: code that runs may call it again, on a thread of its own.
  private final Map<Thread, Throwable> thrown = new ConcurrentHashMap<>();
  private final Map<Thread, Cell> running = new ConcurrentHashMap<>();
  private final List<String> classNames = new ArrayList<>(); // guarded by compiling
  private @Nullable Field asked; // guarded by compiling
  private final Field order;
  private long resultNumber; // guarded by compiling

  /**
   * @param compiling held by whoever uses JShell; let go while code of the user runs, so that
   *     questions about code can be answered meanwhile
   */
  CellControl(ReentrantLock compiling) {
    this.compiling = compiling;
    // The super constructor has put the loader of snippet classes there.
    Thread thread = Thread.currentThread();
    this.loader = Objects.requireNonNull(thread.getContextClassLoader());
    try {
      super.load(new ClassBytecodes[] {StopChecks.stopClass()});
      this.order = findClass(StopChecks.STOP_CLASS).getField(StopChecks.STOP_FIELD);
    } catch (ReflectiveOperationException | ExecutionControlException e) {
      throw new IllegalStateException("the class of the stop checks cannot be loaded", e);
    }
  }

  ClassLoader loader() {
    return loader;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    define(classes);
    Stream.of(classes).map(ClassBytecodes::name).forEach(classNames::add);
  }

  /** The names of the classes that JShell has defined; a view. */
  List<String> classNames() {
    return Collections.unmodifiableList(classNames);
  }

  /** Defines the classes of code that JShell knows nothing of; returns whether that went well. */
  boolean defines(PlainCode.Compiled code) {
    try {
      define(code.classes().toArray(ClassBytecodes[]::new));
      return true;
    } catch (ExecutionControlException e) {
      return false;
    }
  }

  /**
   * Runs code whose classes are defined, and what is to be done with its value, as {@link #call}
   * does: on one thread, since each switch of threads may have to wait for a busy processor.
   */
  <T extends @Nullable Object> T run(PlainCode.Compiled code, Function<@Nullable Object, T> then)
      throws ExecutionException, InterruptedException {
    Method method;
    try {
      method = findClass(code.name()).getDeclaredMethod(PlainCode.METHOD);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("code that was just compiled cannot be run", e);
    }
    method.setAccessible(true);
    return call(() -> then.apply(method.invoke(null)));
  }

  /**
   * Runs something on a thread of the running cell. To be called by one who holds the lock of the
   * compiler; lets it go meanwhile.
   *
   * @throws ExecutionException with what that has thrown
   */
  <T extends @Nullable Object> T call(Callable<T> code)
      throws ExecutionException, InterruptedException {
    Cell cell = Objects.requireNonNull(running.get(Thread.currentThread()), "no cell runs");
    compiling.unlock();
    try {
      return cell.call(code, loader);
    } finally {
      compiling.lock();
    }
  }

  private void define(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(StopChecks.weave(classes, loader));
  }

  /** What the snippets run for this thread from now on belong to. */
  void runFor(@Nullable Cell cell) {
    if (cell == null) {
      running.remove(Thread.currentThread());
    } else {
      running.put(Thread.currentThread(), cell);
    }
  }

  @Override
  protected String invoke(Method method) throws Exception {
    Object value;
    try {
      value = call(() -> method.invoke(null));
    } catch (InterruptedCellException e) {
      thrown.put(Thread.currentThread(), e);
      throw new StoppedException();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof InvocationTargetException wrapped) {
        thrown.put(Thread.currentThread(), Objects.requireNonNull(wrapped.getCause()));
        throw wrapped;
      }
      throw new IllegalStateException("a snippet could not be called", cause);
    }
    if (value == null) {
      return NOTHING;
    }
    String key = "result " + resultNumber++;
    results.put(key, value);
    return key;
  }

  /** The object behind the text that an event of JShell has as its value. */
  @Nullable Object takeResult(String key) {
    return results.remove(key);
  }

  /** What the snippet run last for this thread has thrown. */
  @Nullable Throwable takeThrown() {
    return thrown.remove(Thread.currentThread());
  }

  /** JShell asks for the text of a variable; taken as the question which field it is. */
  @Override
  public String varValue(String className, String name) throws InternalException {
    try {
      asked = findClass(className).getDeclaredField(name);
      return "";
    } catch (ReflectiveOperationException e) {
      throw new InternalException(e.toString());
    }
  }

  @Nullable Field takeAsked() {
    Field field = asked;
    asked = null;
    return field;
  }

  /** Has each stop check of notebook code call the order from now on, or nothing if null. */
  void order(@Nullable Runnable stop) {
    try {
      order.set(null, stop);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("notebook code cannot be stopped", e);
    }
  }
}
