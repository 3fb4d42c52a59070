package dev.trestle.closure;

import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The side that has the notebook: tasks and arguments become bytes for a worker, bytes from a
 * worker become results.
 *
 * <p>A task may be a lambda, a method reference or any other serialisable object, from compiled
 * code or from a notebook cell. With code from a cell go the notebook classes that it uses,
 * directly or through methods, and the values that the notebook variables it reads have now.
 * Objects of notebook classes travel whether or not these implement {@link java.io.Serializable};
 * enum constants and classes travel by name. Objects of other classes follow the rules of Java
 * serialization; of those of the JDK that have none, paths, character sets, optionals, summary
 * statistics and map entries travel as well, and an equal collection in place of a key set, a
 * sublist or another view.
 *
 * <p>Static fields of notebook classes are variables too, final ones included; a static final whose
 * value cannot be sent is computed again in the worker. What does not travel: static fields of
 * compiled classes, and constants of interfaces. Jars and folders added to the class path of a
 * running notebook are opened by the worker where they lie.
 *
 * <p>Safe for use by several threads; one serves a whole pool. Nothing else may change the objects
 * while they are encoded. A message is at most 64 MiB long.
 */
public final class ClosureEncoder {
  private final StandIns outgoing;
  private final ClassFiles classFiles;
  private final CodePlans plans;
  private final AtomicReference<WeakReference<@Nullable ClassLoader>> notebook;

  /**
   * @param outgoing is asked for each object once or twice on its way out
   */
  public ClosureEncoder(StandIns outgoing) {
    this(
        outgoing,
        new ClassFiles(),
        new CodePlans(),
        new AtomicReference<>(new WeakReference<>(null)));
  }

  private ClosureEncoder(
      StandIns outgoing,
      ClassFiles classFiles,
      CodePlans plans,
      AtomicReference<WeakReference<@Nullable ClassLoader>> notebook) {
    this.outgoing = outgoing;
    this.classFiles = classFiles;
    this.plans = plans;
    this.notebook = notebook;
  }

  /**
   * This encoder for one call, with stand-ins of its own. Both share what is known of the notebook;
   * whether class files have changed is looked at once for the call.
   */
  public ClosureEncoder with(StandIns otherOutgoing) {
    return new ClosureEncoder(otherOutgoing, classFiles.forCall(), plans, notebook);
  }

  /**
   * Encodes a task with its code and the values of its variables.
   *
   * @throws CaptureException if something that the task uses cannot be sent; the message names it,
   *     the way to it and what to do
   */
  public Message encodeTask(Object task) {
    return encode(Cargo.TASK, task);
  }

  /**
   * Encodes an argument of a task; it may be or hold objects of notebook classes and lambdas, whose
   * code and variables go along.
   *
   * @throws CaptureException as for {@link #encodeTask}
   */
  public Message encodeArgument(@Nullable Object value) {
    return encode(Cargo.ARGUMENT, value);
  }

  /**
   * Decodes what {@link ClosureDecoder#encodeResult} gave; objects of notebook classes get the
   * notebook's own classes, those of the notebook whose code was encoded last.
   *
   * @throws CaptureException if the result has a class that is not known here
   */
  public @Nullable Object decodeResult(byte[] bytes) {
    return Shipment.parse(bytes).unpack(resultLoader());
  }

  private Message encode(Cargo cargo, @Nullable Object value) {
    var capture = new Capture(cargo, classFiles, plans, outgoing);
    Message message = capture.encode(value);
    capture.loaders().stream()
        .findFirst()
        .ifPresent(loader -> notebook.set(new WeakReference<>(loader)));
    return message;
  }

  private ClassLoader resultLoader() {
    ClassLoader loader = notebook.get().get();
    if (loader == null) {
      loader = Thread.currentThread().getContextClassLoader();
    }
    return Objects.requireNonNullElseGet(loader, ClosureEncoder.class::getClassLoader);
  }
}
