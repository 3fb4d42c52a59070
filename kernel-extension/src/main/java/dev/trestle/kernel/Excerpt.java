package dev.trestle.kernel;

/**
 * Which of a number of things are shown when there are too many: the first few and the last few.
 *
 * @param size how many there are
 * @param head how many of the first are shown
 * @param tail how many of the last are shown
 */
record Excerpt(int size, int head, int tail) {

  /** All of them when head and tail cover them, else that many from each end. */
  static Excerpt of(int size, int head, int tail) {
    return size <= head + tail ? new Excerpt(size, size, 0) : new Excerpt(size, head, tail);
  }

  boolean isClipped() {
    return shown() < size;
  }

  int shown() {
    return head + tail;
  }

  /** The index of the first one after the gap. */
  int afterGap() {
    return size - tail;
  }
}
