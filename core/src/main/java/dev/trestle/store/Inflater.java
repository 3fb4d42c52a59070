package dev.trestle.store;

import java.lang.foreign.Arena;

/** Makes the buffers of a column's part readable. */
interface Inflater {
  /**
   * The same part, with buffers that are not compressed.
   *
   * @param arena how long they are needed
   * @throws StoreException if they are damaged
   */
  RawColumn open(RawColumn raw, Arena arena) throws java.io.IOException;
}
