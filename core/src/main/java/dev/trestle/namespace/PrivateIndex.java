package dev.trestle.namespace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the entries on this JVM's heap, kept up to date from the log.
 *
 * <p>For JVMs without the flags that Chronicle Map needs: a plain JShell, somebody's program.
 */
final class PrivateIndex implements Index {
  private Map<Key, byte[]> entries = new HashMap<>();
  private long logNumber;
  private long position;

  @Override
  public void bringUpToDate(RedoLog log) {
    if (log.number() != logNumber) {
      entries = log.image();
      logNumber = log.number();
    } else {
      log.replay(position, change -> RedoLog.apply(change, entries));
    }
    position = log.end();
  }

  @Override
  public byte @Nullable [] get(Key key) {
    return entries.get(key);
  }

  @Override
  public void apply(Change change, RedoLog log) {
    RedoLog.apply(change, entries);
    position = log.end();
  }

  @Override
  public List<String> names(Key.Kind kind) {
    return entries.keySet().stream()
        .filter(key -> key.kind() == kind)
        .map(Key::name)
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    entries = new HashMap<>();
    logNumber = 0;
  }
}
