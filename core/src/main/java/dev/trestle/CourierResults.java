package dev.trestle;

import dev.trestle.worker.ResultIterator;
import org.jspecify.annotations.Nullable;

/** Results whose tables come through the store. */
final class CourierResults<R extends @Nullable Object> implements Results<R> {
  private final ResultIterator<?, R> results;
  private final TableCourier carried;

  CourierResults(ResultIterator<?, R> results, TableCourier carried) {
    this.results = results;
    this.carried = carried;
  }

  @Override
  public boolean hasNext() {
    boolean more = false;
    try {
      more = results.hasNext();
      return more;
    } finally {
      if (!more) {
        close();
      }
    }
  }

  @Override
  public R next() {
    return results.next();
  }

  @Override
  public void close() {
    results.close();
    if (results.isDisturbed()) {
      carried.disturbed();
    }
    carried.close();
  }
}
