package dev.trestle.worker;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What is asked of an object that an owner keeps; travels to the owner as a task does. */
@FunctionalInterface
public interface Question<T> extends Serializable {
  /** Runs in the owner. */
  @Nullable Object answer(T object, @Nullable Object[] arguments) throws Exception;

  /** In the owner: what travels in place of an object that an answer holds; by default itself. */
  default Object outgoing(Object object) {
    return object;
  }

  /** Whether the copy that the owner has may be asked again: it holds nothing that changes. */
  default boolean isConstant() {
    return false;
  }
}
