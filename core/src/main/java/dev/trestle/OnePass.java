package dev.trestle;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Something that can be gone through once, where an iterable is asked for. */
record OnePass<T extends @Nullable Object>(Iterator<T> iterator) implements Iterable<T> {}
