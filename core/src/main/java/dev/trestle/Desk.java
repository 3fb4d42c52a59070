package dev.trestle;

import dev.trestle.worker.OwnerLine;
import dev.trestle.worker.Question;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where a served object is asked. */
sealed interface Desk extends Serializable, AutoCloseable permits OwnerDesk, LocalDesk {
  String name();

  /** The process that has the object. */
  long pid();

  boolean isClosed();

  /** Asks a question, which may be another one at each call; see {@link OwnerLine#ask}. */
  @Nullable Object ask(Question<?> question, @Nullable Object... arguments);

  /** What marks the files of answers that are tables. */
  String tag();

  @Override
  void close();
}
