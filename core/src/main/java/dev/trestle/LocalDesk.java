package dev.trestle;

import dev.trestle.worker.OwnerLostException;
import dev.trestle.worker.Question;
import dev.trestle.worker.TaskFailedException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** In this JVM, for workers that are its threads. */
final class LocalDesk implements Desk {
  private final transient String name;
  private final transient Object object;
  private final transient ReentrantLock turn = new ReentrantLock();
  private transient volatile boolean isClosed;

  private LocalDesk(String name, Object object) {
    this.name = name;
    this.object = object;
  }

  static Desk make(String name, Computation<?> maker) {
    Object object;
    try {
      object = maker.get();
    } catch (Exception e) {
      throw new TaskFailedException("'%s' could not be made: %s".formatted(name, e), e);
    }
    if (object == null) {
      throw new IllegalArgumentException("there is nothing to serve: the object is null");
    }
    return new LocalDesk(name, object);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public String tag() {
    return "";
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  @SuppressWarnings("unchecked") // the handle has paired object and question
  public @Nullable Object ask(Question<?> question, @Nullable Object... arguments) {
    turn.lock();
    try {
      if (isClosed) {
        throw new OwnerLostException(
            "served '%s' is lost, it was closed; serve it again".formatted(name));
      }
      return ((Question<Object>) question).answer(object, arguments);
    } catch (OwnerLostException e) {
      throw e;
    } catch (Exception e) {
      throw new TaskFailedException("a question to served '%s' failed: %s".formatted(name, e), e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }

  private void writeObject(ObjectOutputStream out) throws InvalidObjectException {
    throw new InvalidObjectException(
        "'%s' is served by workers that are threads of this JVM, other processes cannot ask it"
            .formatted(name));
  }
}
