package dev.trestle.closure;

import java.io.Serializable;
import java.util.List;

/** What travels in place of objects that a message should not hold. */
@FunctionalInterface
public interface StandIns {
  /** Implemented by a stand-in that becomes an array when it is read. */
  interface ForArray extends Serializable {}

  /** Everything travels as it is. */
  StandIns NONE = object -> object;

  /**
   * What travels in place of an object: the object itself, or a stand-in (a handle for a heap
   * table). A stand-in is asked for once per object and message.
   */
  Object of(Object object);

  /** Whether {@link #ofArrays} gives other things than the arrays. */
  default boolean takesArrays() {
    return false;
  }

  /**
   * What travels in place of the larger primitive arrays of a message, in the same order; asked for
   * at most once per message, when they are large together.
   */
  default List<?> ofArrays(List<Object> arrays) {
    return arrays;
  }
}
