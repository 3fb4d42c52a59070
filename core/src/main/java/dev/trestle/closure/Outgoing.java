package dev.trestle.closure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces objects that must not travel as data; asks once for each object replaced. */
final class Outgoing {
  /** What is shared rather than sent, together. */
  private static final long LARGE = 1 << 20; // 1 MiB

  /** What is smaller than a page is no gain, in however large a company. */
  private static final int SMALL = 1 << 12; // 4 KiB

  /**
   * The immutable collections of the JDK. A stream asks each of them for what to write in its place
   * before it shows what that is; so these are replaced where something holds them.
   */
  private static final Set<Class<?>> FIXED =
      Set.of(
          List.of(1, 2, 3).getClass(), // also of Stream.toList
          Set.of(1, 2, 3).getClass(),
          Map.of(1, 1, 2, 2).getClass());

  /** In place of such a collection, until it is known whether it is shared. */
  private static final String TAKEN = "";

  private final StandIns standIns;
  private final IdentityHashMap<Object, Object> replaced = new IdentityHashMap<>();

  /** Of arrays, in this pass: one that is met twice, or in itself, is written once. */
  private final IdentityHashMap<Object[], Object[]> copies = new IdentityHashMap<>();

  private final List<Object> objects = new ArrayList<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  Outgoing(StandIns standIns) {
    this.standIns = standIns;
  }

  @SuppressWarnings("ReferenceEquality") // the same object back means: leave it
  Object of(Object original) {
    Object stand = replaced.get(original);
    if (stand == null) {
      stand = standIns.of(original);
      if (stand == original) {
        stand = Substitute.of(original);
      }
      if (stand != original) {
        replaced.put(original, stand);
      } else if (original instanceof Object[] array && array.getClass() == Object[].class) {
        stand = copies.computeIfAbsent(array, this::heldBy);
      }
    }
    // A copy of a view may be shared in its turn.
    return replaced.getOrDefault(stand, stand);
  }

  /** Is shown what variables, lambdas and fields hold, before it is written. */
  void meet(@Nullable Object value) {
    if (value != null && FIXED.contains(value.getClass()) && takes(value)) {
      replaced.put(value, TAKEN);
    }
  }

  /** What is written for what a variable or a field holds. */
  @Nullable Object held(@Nullable Object value) {
    return value != null && FIXED.contains(value.getClass())
        ? replaced.getOrDefault(value, value)
        : value;
  }

  /** The same for an array, in which also a lambda has what it holds: itself, or a copy. */
  @SuppressWarnings("ReferenceEquality") // the same object back means: leave it
  private @Nullable Object[] heldBy(@Nullable Object[] array) {
    @Nullable Object[] written = array;
    for (int i = 0; i < array.length; i++) {
      Object each = held(array[i]);
      if (each != array[i]) {
        if (written == array) {
          written = array.clone();
        }
        written[i] = each;
      }
    }
    return written;
  }

  /** Takes an array or a collection that may be shared; {@link #share} tells if it is. */
  boolean takes(Object object) {
    if (taken.contains(object)) {
      return true;
    }
    long size = standIns.sharedSize(object);
    if (size < SMALL) {
      return false;
    }
    taken.add(object);
    objects.add(object);
    bytes += size;
    return true;
  }

  /** Shares what was taken if that is large together; else it stays to be sent. */
  void share() {
    copies.clear();
    if (bytes >= LARGE) {
      List<?> shared = standIns.share(objects);
      for (int i = 0; i < shared.size(); i++) {
        replaced.put(objects.get(i), shared.get(i));
      }
    } else {
      objects.forEach(replaced::remove);
    }
  }
}
