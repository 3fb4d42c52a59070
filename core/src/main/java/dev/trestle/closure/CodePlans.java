package dev.trestle.closure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans used last, by what a task itself has of code. Safe for use by several threads. */
final class CodePlans {
  private static final int MOST = 64;

  private final Map<Seen, CodePlan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, CodePlan> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable CodePlan get(Seen start) {
    return plans.get(start);
  }

  synchronized void put(Seen start, CodePlan plan) {
    plans.put(start, plan);
  }
}
