package dev.trestle.closure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The worker's side: bytes from a {@link ClosureEncoder} become tasks and arguments again, results
 * become bytes.
 *
 * <p>Owns the class files of the notebook's classes, by content, and their class loader. A class
 * that came before is not defined again, so its code stays compiled. When one comes with changed
 * code under its old name, all classes of that message get a new loader.
 *
 * <p>Notebook variables are static fields, one set per JVM. So a worker runs one task at a time,
 * decodes it before its arguments, and decodes it again when another task came in between. Not for
 * use by several threads at once.
 */
public final class ClosureDecoder {
  private final ClassLoader parent;
  private final ClassFiles classFiles = new ClassFiles();
  private final CodePlans plans = new CodePlans();
  private final Map<CodeKey, byte[]> learnt = new ConcurrentHashMap<>();
  private NotebookLoader loader;

  /**
   * @param parent finds everything but the notebook's classes, this library included
   */
  public ClosureDecoder(ClassLoader parent) {
    this.parent = parent;
    this.loader = new NotebookLoader(parent);
  }

  /**
   * Takes a piece of the code that messages after this one need. It is kept for good: whoever sends
   * them counts on it. Unlike all else here, safe for use by any thread.
   */
  public void learn(CodePiece piece) {
    learnt.putIfAbsent(piece.key(), piece.content());
  }

  /**
   * Rebuilds a task; the notebook variables that it uses have the values sent with it, whatever
   * tasks before it have left there.
   *
   * @throws CaptureException if a class that it needs is not there
   */
  public Object decodeTask(byte[] bytes) {
    Object task = decode(bytes);
    if (task == null) {
      throw new CaptureException("the task is null");
    }
    return task;
  }

  /**
   * Rebuilds an argument for the task decoded last.
   *
   * @throws CaptureException if a class that it needs is not there
   */
  public @Nullable Object decodeArgument(byte[] bytes) {
    return decode(bytes);
  }

  /**
   * Encodes what a task returned or threw.
   *
   * @throws CaptureException if it holds something that cannot be sent; the message says what
   */
  public byte[] encodeResult(@Nullable Object value) {
    return encodeResult(value, StandIns.NONE);
  }

  /**
   * Encodes what a task returned, with stand-ins for some of the objects in it.
   *
   * @param outgoing as for {@link ClosureEncoder}
   * @throws CaptureException if it holds something that cannot be sent; the message says what
   */
  public byte[] encodeResult(@Nullable Object value, StandIns outgoing) {
    return new Capture(Cargo.RESULT, classFiles, plans, outgoing).encode(value).bytes();
  }

  /** The loader of the notebook classes now in use; changes when a notebook class has changed. */
  public ClassLoader loader() {
    return loader;
  }

  private @Nullable Object decode(byte[] bytes) {
    Shipment shipment = Shipment.parse(bytes);
    CodeKey code = shipment.code();
    if (code != null && !loader.has(code)) {
      load(code);
    }
    return shipment.unpack(loader);
  }

  private void load(CodeKey code) {
    CodeList list = CodeList.parse(learnt(code));
    if (!loader.agreesWith(list)) {
      loader = new NotebookLoader(parent);
    }
    loader.add(code, list, this::learnt);
  }

  private byte[] learnt(CodeKey key) {
    byte[] content = learnt.get(key);
    if (content == null) {
      throw new CaptureException("code that a message needs has not come before it: " + key);
    }
    return content;
  }
}
