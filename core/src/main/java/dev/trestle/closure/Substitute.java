package dev.trestle.closure;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the stream for a value of the JDK that is not {@link Serializable}.
 *
 * <p>Views of collections (key sets, sublists) need none: an equal collection travels in their
 * place, and map entries likewise. What is done to it does not reach the collection that was
 * viewed.
 */
sealed interface Substitute extends Serializable {

  /** The value, in the JVM that reads. */
  Object value();

  /** What travels in place of an object; the object itself if there is nothing better. */
  static Object of(Object object) {
    if (object instanceof Serializable) {
      return object;
    }
    return switch (object) {
      case Path path when path.getFileSystem().equals(FileSystems.getDefault()) ->
          new OfPath(path.toString());
      case Charset charset -> new OfCharset(charset.name());
      case Optional<?> optional -> new OfOptional(optional.orElse(null));
      case OptionalInt optional ->
          new OfOptionalInt(optional.isPresent() ? optional.getAsInt() : null);
      case OptionalLong optional ->
          new OfOptionalLong(optional.isPresent() ? optional.getAsLong() : null);
      case OptionalDouble optional ->
          new OfOptionalDouble(optional.isPresent() ? optional.getAsDouble() : null);
      case IntSummaryStatistics all ->
          new OfInts(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      case LongSummaryStatistics all ->
          new OfLongs(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      // Those of infinities of both signs cannot be made again.
      case DoubleSummaryStatistics all
          when Double.isNaN(all.getSum()) == Double.isNaN(all.getMin()) ->
          new OfDoubles(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      case Object plain when plain.getClass() == Object.class -> new OfObject();
      case Object view when isOfTheJdksOwn(view.getClass()) -> copy(view);
      default -> object;
    };
  }

  /**
   * Returns if nobody outside of the JDK can have named the class: a variable then has the type of
   * an interface, and takes another implementation.
   */
  private static boolean isOfTheJdksOwn(Class<?> type) {
    return type.getPackageName().startsWith("java.util")
        && !Modifier.isPublic(type.getModifiers())
        && type.getModule().equals(Object.class.getModule());
  }

  private static Object copy(Object view) {
    return switch (view) {
      case List<?> list -> new ArrayList<>(list);
      case SortedSet<?> set -> new TreeSet<>(set);
      case Set<?> set -> new LinkedHashSet<>(set);
      case Deque<?> deque -> new ArrayDeque<>(deque);
      case Collection<?> values -> new ArrayList<>(values);
      case SortedMap<?, ?> map -> new TreeMap<>(map);
      case Map<?, ?> map -> new LinkedHashMap<>(map);
      case Map.Entry<?, ?> entry ->
          entry.getClass() == Map.entry(0, 0).getClass()
              ? new SimpleImmutableEntry<>(entry)
              : new SimpleEntry<>(entry);
      default -> view;
    };
  }

  record OfPath(String text) implements Substitute {
    @Override
    public Object value() {
      return Path.of(text);
    }
  }

  record OfCharset(String name) implements Substitute {
    @Override
    public Object value() {
      return Charset.forName(name);
    }
  }

  record OfOptional(@Nullable Object content) implements Substitute {
    @Override
    public Object value() {
      return Optional.ofNullable(content);
    }
  }

  record OfOptionalInt(@Nullable Integer content) implements Substitute {
    @Override
    public Object value() {
      return content == null ? OptionalInt.empty() : OptionalInt.of(content);
    }
  }

  record OfOptionalLong(@Nullable Long content) implements Substitute {
    @Override
    public Object value() {
      return content == null ? OptionalLong.empty() : OptionalLong.of(content);
    }
  }

  record OfOptionalDouble(@Nullable Double content) implements Substitute {
    @Override
    public Object value() {
      return content == null ? OptionalDouble.empty() : OptionalDouble.of(content);
    }
  }

  record OfInts(long count, int min, int max, long sum) implements Substitute {
    @Override
    public Object value() {
      return new IntSummaryStatistics(count, min, max, sum);
    }
  }

  record OfLongs(long count, long min, long max, long sum) implements Substitute {
    @Override
    public Object value() {
      return new LongSummaryStatistics(count, min, max, sum);
    }
  }

  record OfDoubles(long count, double min, double max, double sum) implements Substitute {
    @Override
    public Object value() {
      return new DoubleSummaryStatistics(count, min, max, sum);
    }
  }

  /** For {@code new Object()}, a lock: as good as any other, in another JVM. */
  record OfObject() implements Substitute {
    @Override
    public Object value() {
      return new Object();
    }
  }
}
