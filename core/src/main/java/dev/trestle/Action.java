package dev.trestle;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Something done in a worker JVM for its effect; the rules of {@link Task} hold. */
@FunctionalInterface
public interface Action<T extends @Nullable Object> extends Serializable {
  /** Does it for one argument, on a worker. */
  void accept(T argument) throws Exception;
}
