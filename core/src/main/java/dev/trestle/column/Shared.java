package dev.trestle.column;

/** What every column over shared memory says to a write. */
final class Shared {
  private static final String ADVICE =
      "this column is shared with other processes and cannot be changed; change a copy:"
          + " column.copy() or table.copy()";

  private Shared() {}

  /**
   * The exception to throw.
   *
   * @throws WriteRefusedError where an exception would be caught and the write would seem to be
   *     done
   */
  static UnsupportedOperationException readOnly() {
    if (isCaughtOnItsWay()) {
      throw new WriteRefusedError(ADVICE);
    }
    return new UnsupportedOperationException(ADVICE);
  }

  /**
   * Tablesaw's {@code fillWith(Supplier)} ends at any exception, as if it were the supplier's and
   * there were no more values (tablesaw-core 0.44.4, DoubleColumn.java:575 and its like).
   */
  private static boolean isCaughtOnItsWay() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE) // for descriptors
        .walk(frames ->
            frames.anyMatch(frame ->
                frame.getMethodName().equals("fillWith")
                    && frame.getClassName().startsWith("tech.tablesaw.")
                    && frame.getDescriptor().contains("Supplier;")));
  }
}
