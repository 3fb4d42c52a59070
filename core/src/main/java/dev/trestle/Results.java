package dev.trestle;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Results that come one by one, as they are asked for.
 *
 * <p>For one thread, and once. The input is read in that thread, in {@link #hasNext}, a little
 * ahead of what the workers have in hand; it may be endless. An exception is the end: those of
 * {@link Workers#map} are thrown by {@link #hasNext} and {@link #next}. Close it when results are
 * left untaken; at its end it closes itself.
 */
@SuppressWarnings(
    "IterableAndIterator") // for a for loop as well as for next(); once, as said above
public interface Results<R extends @Nullable Object>
    extends Iterator<R>, Iterable<R>, AutoCloseable {

  /** These results. */
  @Override
  default Iterator<R> iterator() {
    return this;
  }

  /** These results as a stream; closing it closes them. */
  default Stream<R> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  /** Drops what has not been taken; tasks that run come to their end. */
  @Override
  void close();
}
