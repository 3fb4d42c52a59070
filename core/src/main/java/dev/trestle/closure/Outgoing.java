package dev.trestle.closure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Replaces objects that must not travel as data; asks once for each object replaced. */
final class Outgoing {
  /** What is shared rather than sent, together. */
  private static final long LARGE = 1 << 20; // 1 MiB

  /** An array smaller than a page is no gain, in however large a company. */
  private static final int SMALL = 1 << 12; // 4 KiB

  private final StandIns standIns;
  private final IdentityHashMap<Object, Object> replaced = new IdentityHashMap<>();
  private final List<Object> arrays = new ArrayList<>();
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
      }
    }
    // A copy of a view may be shared in its turn.
    return replaced.getOrDefault(stand, stand);
  }

  /** Takes an array that may be shared; {@link #share} tells if it is. */
  boolean takes(Object object) {
    long size = standIns.takesArrays() ? size(object) : 0;
    if (size < SMALL) {
      return false;
    }
    if (taken.add(object)) {
      arrays.add(object);
      bytes += size;
    }
    return true;
  }

  /** Shares the arrays taken if they are large together; else they stay to be sent. */
  void share() {
    if (bytes >= LARGE) {
      List<?> shared = standIns.ofArrays(arrays);
      for (int i = 0; i < shared.size(); i++) {
        replaced.put(arrays.get(i), shared.get(i));
      }
    }
  }

  /** In bytes; a boolean has no size that all JVMs agree on. */
  private static long size(Object object) {
    return switch (object) {
      case byte[] array -> array.length;
      case short[] array -> (long) Short.BYTES * array.length;
      case char[] array -> (long) Character.BYTES * array.length;
      case int[] array -> (long) Integer.BYTES * array.length;
      case float[] array -> (long) Float.BYTES * array.length;
      case long[] array -> (long) Long.BYTES * array.length;
      case double[] array -> (long) Double.BYTES * array.length;
      default -> 0;
    };
  }
}
