package dev.trestle.closure;

import java.io.Serializable;
import java.util.List;

/** What travels in place of objects that a message should not hold. */
@FunctionalInterface
public interface StandIns {
  /** Implemented by a stand-in that becomes an array or a collection when it is read. */
  interface ForArray extends Serializable {}

  /** Everything travels as it is. */
  StandIns NONE = object -> object;

  /**
   * What travels in place of an object: the object itself, or a stand-in (a handle for a heap
   * table). A stand-in is asked for once per object and message.
   */
  Object of(Object object);

  /**
   * About how many bytes of shared memory an array or a collection takes that {@link #share} puts
   * there; 0 if it does not.
   */
  default long sharedSize(Object object) {
    return 0;
  }

  /**
   * What travels in place of objects that have a {@link #sharedSize}, in the same order; asked for
   * at most once per message, when they are large together.
   */
  default List<?> share(List<Object> objects) {
    return objects;
  }
}
