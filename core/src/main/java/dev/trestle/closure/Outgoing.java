package dev.trestle.closure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces objects that must not travel as data; asks once for each object replaced. */
final class Outgoing {
  /** What is shared rather than sent, together. */
  private static final long LARGE = 1 << 20; // 1 MiB

  /** What is smaller than a page is no gain, in however large a company. */
  private static final int SMALL = 1 << 12; // 4 KiB

  private final StandIns standIns;
  private final IdentityHashMap<Object, Object> replaced = new IdentityHashMap<>();
  private final List<Object> objects = new ArrayList<>();
  private final Set<Object> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final FixedLists fixed = new FixedLists();
  private long bytes;

  Outgoing(StandIns standIns) {
    this.standIns = standIns;
  }

  @SuppressWarnings("ReferenceEquality") // the same object back means: leave it
  Object of(Object original) {
    Object list = fixed.behind(original);
    if (list != null) {
      return replaced.getOrDefault(list, original);
    }
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

  /** Is shown what variables and lambdas hold, before it is written. */
  void meet(@Nullable Object value) {
    if (value != null && FixedLists.isOne(value) && standIns.sharedSize(value) >= SMALL) {
      fixed.meet(value);
    }
  }

  /** Takes an array or a collection that may be shared; {@link #share} tells if it is. */
  boolean takes(Object written) {
    Object object = Objects.requireNonNullElse(fixed.behind(written), written);
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
    if (bytes >= LARGE) {
      List<?> shared = standIns.share(objects);
      for (int i = 0; i < shared.size(); i++) {
        replaced.put(objects.get(i), shared.get(i));
      }
    }
  }
}
