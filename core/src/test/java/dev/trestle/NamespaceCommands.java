package dev.trestle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The child's side of {@link ChildJvm} for namespace tests: one command a line, one answer a line.
 */
final class NamespaceCommands {
  private static final Duration SOON = Duration.ofSeconds(30);

  private NamespaceCommands() {}

  /** A child with the flags that Chronicle Map needs. */
  static ChildJvm start(Path folder) throws IOException {
    return start(dev.trestle.namespace.ChronicleFlags.all(), folder);
  }

  static ChildJvm start(List<String> flags, Path folder) throws IOException {
    var child = new ChildJvm(flags, NamespaceCommands.class, folder);
    String said = child.hear();
    if (!"ready".equals(said)) {
      throw new IOException("the child said " + said);
    }
    return child;
  }

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Store store = Store.open(Path.of(arguments[0]));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      try {
        System.out.println(run(store, words));
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
    store.close();
    System.out.println("closed");
  }

  private static Object run(Store store, String[] words) {
    Namespace namespace = store.namespace();
    switch (words[0]) {
      case "put" -> namespace.put(words[1], words[2]);
      case "get" -> {
        return String.valueOf(namespace.get(words[1]));
      }
      case "add-to-array" -> {
        SharedArray array = namespace.get(words[1], SharedArray.class);
        array.add(Double.parseDouble(words[2]));
        return array.getDouble(array.size() - 1);
      }
      case "put-array" ->
          namespace.put(words[1], store.array(words[1], double.class, Integer.parseInt(words[2])));
      case "count" -> {
        for (int i = 0; i < Integer.parseInt(words[2]); i++) {
          namespace.getAndAdd(words[1], 1);
        }
      }
      case "lock" -> namespace.lock(words[1]);
      case "await" -> {
        return namespace.await(words[1], SOON);
      }
      case "signal" -> namespace.signal(words[1]);
      case "time" -> {
        long start = System.nanoTime();
        namespace.get("any");
        return (System.nanoTime() - start) / 1_000_000;
      }
      case "write" -> write(namespace, words[1]);
      case "chronicle" -> {
        return isLoaded("net.openhft.chronicle.map.ChronicleMap");
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "done";
  }

  /** Until killed: says what is about to be written, writes it, says that it is written. */
  private static void write(Namespace namespace, String mine) {
    StringBuilder said = new StringBuilder();
    for (long i = 1; ; i++) {
      String key = mine + i % 13;
      namespace.put(key, value(i));
      long total = namespace.getAndAdd("total-" + mine, 1) + 1;
      try (Namespace.Lock lock = namespace.lock("shared")) {
        namespace.get(key);
      }
      said.setLength(0);
      said.append(i).append(' ').append(total).append('\n');
      System.out.print(said); // in one piece
      System.out.flush();
    }
  }

  /** A value of changing size that says which one it is. */
  static String value(long i) {
    return i + ":" + "x".repeat((int) (i * 37 % 3000));
  }

  private static boolean isLoaded(String name) {
    try {
      var find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
      find.setAccessible(true); // java.lang is open where this is asked
      return find.invoke(NamespaceCommands.class.getClassLoader(), name) != null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
