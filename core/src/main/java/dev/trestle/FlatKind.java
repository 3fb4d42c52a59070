package dev.trestle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The collections, maps and arrays of which an equal one of the same class can be made from what is
 * in them: the classes themselves, no subclass, and sorted ones in the natural order only.
 */
enum FlatKind {
  BOOLEANS(boolean[].class, values -> values),
  STRINGS(String[].class, values -> Arrays.copyOf(values, values.length, String[].class)),
  INTEGERS(Integer[].class, values -> Arrays.copyOf(values, values.length, Integer[].class)),
  LONGS(Long[].class, values -> Arrays.copyOf(values, values.length, Long[].class)),
  DOUBLES(Double[].class, values -> Arrays.copyOf(values, values.length, Double[].class)),
  ARRAY_LIST(ArrayList.class, values -> new ArrayList<>(Arrays.asList(values))),
  @SuppressWarnings("JdkObsolete") // the user's choice
  LINKED_LIST(LinkedList.class, values -> new LinkedList<>(Arrays.asList(values))),
  ARRAY_DEQUE(ArrayDeque.class, values -> new ArrayDeque<>(Arrays.asList(values))),
  AS_LIST(Arrays.asList(1).getClass(), values -> Arrays.asList(values.clone())),
  HASH_SET(HashSet.class, values -> new HashSet<>(Arrays.asList(values))),
  LINKED_HASH_SET(LinkedHashSet.class, values -> new LinkedHashSet<>(Arrays.asList(values))),
  TREE_SET(TreeSet.class, values -> new TreeSet<>(Arrays.asList(values))),
  HASH_MAP(HashMap.class, values -> fill(HashMap.newHashMap(values.length / 2), values)),
  LINKED_HASH_MAP(
      LinkedHashMap.class,
      values -> fill(LinkedHashMap.newLinkedHashMap(values.length / 2), values)),
  TREE_MAP(TreeMap.class, values -> fill(new TreeMap<>(), values)),
  CONCURRENT_MAP(
      ConcurrentHashMap.class, values -> fill(new ConcurrentHashMap<>(values.length / 2), values)),

  /** {@code List.of}, and what {@code Stream.toList} gives: the latter, as it may hold nulls. */
  FIXED_LIST(List.of(1, 2, 3).getClass(), values -> Arrays.stream(values).toList()),
  FIXED_SET(
      Set.of(1, 2, 3).getClass(),
      values -> Set.of(Arrays.stream(values).map(Objects::requireNonNull).toArray())),
  FIXED_MAP(Map.of(1, 1, 2, 2).getClass(), FlatKind::fixedMap);

  /** Beyond that, what is in a map does not fit into an array. */
  private static final int LARGEST_MAP = 1 << 29;

  private static final Map<Class<?>, FlatKind> BY_CLASS = new HashMap<>();

  static {
    for (FlatKind kind : values()) {
      BY_CLASS.put(kind.type, kind);
    }
  }

  private final Class<?> type;

  @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
  private final Function<@Nullable Object[], Object> maker;

  FlatKind(Class<?> type, Function<@Nullable Object[], Object> maker) {
    this.type = type;
    this.maker = maker;
  }

  /** The kind of an object; null if it is of none. */
  static @Nullable FlatKind of(Object object) {
    FlatKind kind = BY_CLASS.get(object.getClass());
    boolean isPlain =
        switch (object) {
          case TreeSet<?> set -> set.comparator() == null;
          case TreeMap<?, ?> map -> map.comparator() == null && map.size() <= LARGEST_MAP;
          case Map<?, ?> map -> map.size() <= LARGEST_MAP;
          default -> true;
        };
    return isPlain ? kind : null;
  }

  /** What is in an object of any kind but {@link #BOOLEANS}: of a map, each key and its value. */
  static Iterable<?> elements(Object object) {
    return switch (object) {
      case Object[] array -> Arrays.asList(array);
      case Collection<?> collection -> collection;
      case Map<?, ?> map -> () -> new Alternating(map.entrySet().iterator());
      default -> throw new IllegalArgumentException(object.getClass() + " has no elements");
    };
  }

  /** How many {@link #elements} there are. */
  static int count(Object object) {
    return switch (object) {
      case Object[] array -> array.length;
      case Collection<?> collection -> collection.size();
      case Map<?, ?> map -> 2 * map.size();
      default -> throw new IllegalArgumentException(object.getClass() + " has no elements");
    };
  }

  /**
   * Gives objects of this kind, with nothing in common with each other but their elements; one for
   * all, if nobody can change it.
   */
  Supplier<Object> copies(@Nullable Object[] elements) {
    return switch (this) {
      case FIXED_LIST, FIXED_SET, FIXED_MAP -> {
        Object only = maker.apply(elements);
        yield () -> only;
      }
      default -> () -> maker.apply(elements);
    };
  }

  private static Map<Object, Object> fixedMap(@Nullable Object[] values) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Map.Entry<Object, Object>[] entries = new Map.Entry[values.length / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] =
          Map.entry(
              Objects.requireNonNull(values[2 * i]), Objects.requireNonNull(values[2 * i + 1]));
    }
    return Map.ofEntries(entries);
  }

  private static <M extends Map<@Nullable Object, @Nullable Object>> M fill(
      M map, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i += 2) {
      map.put(values[i], values[i + 1]);
    }
    return map;
  }

  /**
   * Whether what {@link #copies} gives has the order of the object for good: false for a map in the
   * order of access. Looking something up is the only way to tell, and changes such a map.
   */
  @SuppressWarnings("ReferenceEquality") // the very first
  boolean keepsTheOrderOf(Object object) {
    if (this != LINKED_HASH_MAP || count(object) <= 2) {
      return true;
    }
    var copy = (LinkedHashMap<?, ?>) ((LinkedHashMap<?, ?>) object).clone();
    Object first = copy.firstEntry().getKey();
    var _ = copy.get(first);
    return copy.firstEntry().getKey() == first;
  }

  /** The keys of a map, each followed by its value. */
  private static final class Alternating implements Iterator<@Nullable Object> {
    private final Iterator<? extends Map.Entry<?, ?>> entries;
    private Map.@Nullable Entry<?, ?> open;

    Alternating(Iterator<? extends Map.Entry<?, ?>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return open != null || entries.hasNext();
    }

    @Override
    public @Nullable Object next() {
      Map.Entry<?, ?> entry = open;
      if (entry != null) {
        open = null;
        return entry.getValue();
      }
      open = entries.next();
      return open.getKey();
    }
  }
}
