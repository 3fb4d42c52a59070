package dev.trestle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The child's side of {@link CutArrayTest}: uses arrays, cuts their files, uses them on. */
final class CutArray {
  private static final int SIZE = 600_000; // two parts, so that other threads take part

  /** Bytes; few, as a compiled loop goes on for a while, with a signal at each element. */
  private static final int LOST = 1 << 16;

  private interface Use {
    Object of(SharedArray array) throws IOException;
  }

  private CutArray() {}

  public static void main(String[] arguments) throws IOException {
    Path saved = Path.of(arguments[0] + ".npy");
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("fill", a -> a.fill(1L));
    uses.put("add", a -> a.add(1L));
    uses.put("add array", a -> a.add(a));
    uses.put("copy out", a -> a.toJavaArray());
    uses.put("copy in", a -> a.copyFrom(new long[SIZE]));
    uses.put("copy array", a -> a.copyFrom(a));
    uses.put("column", a -> a.toColumn("c"));
    uses.put("excerpt", SharedArray::excerpt);
    uses.put("get", CutArray::sum);
    uses.put("set", CutArray::set);
    uses.put("compare and set", a -> a.atomicLongs().compareAndSet(SIZE - 1, 0, 1));
    uses.put(
        "save",
        a -> {
          a.save(saved);
          return saved;
        });
    try (Store store = Store.open(Path.of(arguments[0]))) {
      for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
        uses.forEach((name, use) -> System.out.println(name + " " + one(store, use)));
      }
    }
    Files.deleteIfExists(saved);
    System.out.println("end");
  }

  private static String one(Store store, Use use) {
    SharedArray array = store.array("a", long.class, SIZE);
    try {
      use.of(array);
      cut(array.location());
      return "no error, but " + use.of(array);
    } catch (IOException | RuntimeException | InternalError e) {
      return e.getClass().getSimpleName();
    } finally {
      store.drop("a");
    }
  }

  static long sum(SharedArray array) {
    long sum = 0;
    for (long i = 0; i < array.size(); i++) {
      sum += array.getLong(i);
    }
    return sum;
  }

  private static long compareAll(SharedArray array) {
    var atomic = array.atomicLongs();
    long set = 0;
    for (long i = 0; i < array.size(); i++) {
      set += atomic.compareAndSet(i, 0, 0) ? 1 : 0;
    }
    return set;
  }

  private static long set(SharedArray array) {
    for (long i = 0; i < array.size(); i++) {
      array.setLong(i, i);
    }
    return array.size();
  }

  static void cut(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(CutFile.KEPT, channel.size() - LOST));
    }
  }
}
