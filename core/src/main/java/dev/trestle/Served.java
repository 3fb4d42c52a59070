package dev.trestle;

import dev.trestle.worker.Question;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An object that is kept in one process, its owner, and asked from others; see {@link
 * Workers#serve}.
 *
 * <pre>{@code
 * Served<Index> index = workers.serveFrom("index", () -> Index.open(path));
 * List<Hit> hits = workers.map(words, word -> index.ask(i -> i.find(word)));
 * }</pre>
 *
 * <p>Captured by a task it travels as a handle. Requests go from the asking process to the owner
 * over a Unix-domain socket in the session's private folder, not through the JVM that serves. The
 * owner answers one question at a time, in no particular order between askers: an object that is
 * not made for several threads can be served, and a question that takes long makes the others wait.
 * The question of an asker that was interrupted, or has died, is interrupted within a second; one
 * that does not react to that, as a loop that computes, goes on to its end, or until this is
 * closed.
 *
 * <p>Safe for use by several threads and processes.
 *
 * @param <T> the object
 */
public class Served<T> implements Serializable, AutoCloseable {
  private final Desk desk;

  Served(Desk desk) {
    this.desk = desk;
  }

  /** The name that errors say. */
  public String name() {
    return desk.name();
  }

  /** The process that has the object. */
  public long pid() {
    return desk.pid();
  }

  /**
   * Runs a question where the object is, and returns its answer.
   *
   * <p>The question is copied to the owner with what it uses, the answer back, as the task of a
   * {@link Workers#map} and its results are. It may change the object: later questions see that.
   *
   * @throws dev.trestle.worker.TaskFailedException if the question threw; the cause has the owner's
   *     frames
   * @throws dev.trestle.worker.OwnerLostException if the owner has ended; where that happened
   *     during the question, it may have been answered
   * @throws dev.trestle.closure.CaptureException if something that the question uses cannot be sent
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; the question
   *     is interrupted within a second
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // what the question gave; R may be nullable
  public <R extends @Nullable Object> R ask(Task<? super T, ? extends R> question) {
    return (R) desk.ask(new Asking<T>(question, desk.tag()));
  }

  @Nullable Object ask(Question<? super T> question, @Nullable Object... arguments) {
    return desk.ask(question, arguments);
  }

  String tag() {
    return desk.tag();
  }

  boolean isClosed() {
    return desk.isClosed();
  }

  /** A user's question; tables in its answer come through the store. */
  private record Asking<T>(Task<? super T, ?> task, String tag) implements Question<T> {
    @Override
    public @Nullable Object answer(T object, @Nullable Object[] arguments) throws Exception {
      return task.apply(object);
    }

    @Override
    public Object outgoing(Object object) {
      return TableCourier.result(object, tag);
    }
  }

  /**
   * Ends the owner, and the object with it. A question in hand fails.
   *
   * @throws IllegalStateException in another process than the one that serves
   */
  @Override
  public void close() {
    desk.close();
  }

  @Override
  public String toString() {
    return "served '%s', process %d".formatted(name(), pid());
  }
}
