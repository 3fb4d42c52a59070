package dev.trestle.closure;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;

/** A notebook here, a JVM elsewhere that knows nothing of it, and an encoder between them. */
final class Rig implements AutoCloseable {
  final Notebook notebook = new Notebook();
  final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  final OtherJvm other = new OtherJvm();

  Rig cell(String code) {
    notebook.cell(code);
    return this;
  }

  /** Evaluates an expression in the notebook that is a Task, and runs it in the other JVM. */
  @Nullable Object run(String task, @Nullable Object argument) {
    return run(notebook.value(task), argument);
  }

  /** Runs a task in the other JVM. */
  @Nullable Object run(Object task, @Nullable Object argument) {
    Object result = send(task, argument);
    if (result instanceof Throwable failure) {
      throw new AssertionError("the task threw", failure);
    }
    return result;
  }

  /** What a task throws in the other JVM. */
  Throwable failure(String task, @Nullable Object argument) {
    return assertInstanceOf(Throwable.class, send(notebook.value(task), argument));
  }

  /** The message with which a task from the notebook is refused. */
  String refusal(String task) {
    Object value = notebook.value(task);
    var refused = assertThrows(CaptureException.class, () -> encoder.encodeTask(value));
    return requireNonNull(refused.getMessage());
  }

  static void assertContains(String part, @Nullable String whole) {
    assertTrue(whole != null && whole.contains(part), () -> part + " is not in: " + whole);
  }

  /** Decodes a task in this JVM. */
  static Object decodeTask(ClosureDecoder decoder, Message task) {
    task.code().forEach(decoder::learn);
    return decoder.decodeTask(task.bytes());
  }

  /** Decodes an argument in this JVM. */
  static @Nullable Object decodeArgument(ClosureDecoder decoder, Message argument) {
    argument.code().forEach(decoder::learn);
    return decoder.decodeArgument(argument.bytes());
  }

  private @Nullable Object send(Object task, @Nullable Object argument) {
    return encoder.decodeResult(
        other.run(encoder.encodeTask(task), encoder.encodeArgument(argument)));
  }

  @Override
  public void close() {
    notebook.close();
    other.close();
  }
}
