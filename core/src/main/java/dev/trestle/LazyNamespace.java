package dev.trestle;

import dev.trestle.namespace.OpenNamespace;
import org.jspecify.annotations.Nullable;

/** A store's namespace: opened when it is first asked for, as that takes seconds of CPU. */
final class LazyNamespace {
  private final Store store;
  private @Nullable OpenNamespace opened;
  private @Nullable Namespace namespace;

  LazyNamespace(Store store) {
    this.store = store;
  }

  synchronized Namespace open() {
    if (store.isClosed()) {
      throw new IllegalStateException("this store is closed; open another one");
    }
    Namespace known = namespace;
    if (opened != null && opened.isGone()) {
      opened.close();
      opened = null;
      known = null;
    }
    if (known == null) {
      OpenNamespace now = OpenNamespace.open(store.catalogue().commonFolder());
      opened = now;
      known = new Namespace(store, now);
      namespace = known;
    }
    return known;
  }

  synchronized void close() {
    OpenNamespace last = opened;
    opened = null;
    if (last != null) {
      last.close();
    }
  }
}
