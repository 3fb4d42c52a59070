package dev.trestle.store;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A process that changes a store at random until it is killed, and says what it is about to do and
 * what has been done. Names that begin with its letter are its own; others it shares.
 */
final class Victim {
  static final String[] OPERATIONS = {
    "share", "replace", "append", "append", "drop", "keep", "keepOnDisk", "array"
  };

  private Victim() {}

  public static void main(String[] arguments) {
    List<StoreFolder> folders =
        List.of(StoreFolder.open(Path.of(arguments[0])), StoreFolder.open(Path.of(arguments[1])));
    String letter = arguments[2];
    var random = new Random(Long.parseLong(arguments[3]));
    Catalogue catalogue = Catalogue.open(folders);
    System.out.println("ready");
    for (int step = 0; ; step++) {
      if (step % 20 == 19) { // a sweep, and the end of a session
        catalogue.close();
        System.out.println("closed");
        catalogue = Catalogue.open(folders);
      }
      String operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
      String name =
          operation.equals("array")
              ? "array" + random.nextInt(2)
              : (random.nextInt(3) > 0 ? letter : "both") + random.nextInt(2);
      long seed = random.nextLong() >>> 1;
      System.out.println(operation + " " + name + " " + seed);
      System.out.println(outcome(catalogue, operation, name, seed));
    }
  }

  private static String outcome(Catalogue catalogue, String operation, String name, long seed) {
    try {
      switch (operation) {
        case "share" -> catalogue.commit(name, Numbers.of(seed, rows(seed)));
        case "replace" -> catalogue.replace(name, Numbers.of(seed, rows(seed)));
        case "append" -> catalogue.append(name, Numbers.of(seed, rows(seed)));
        case "drop" -> catalogue.drop(name);
        case "keep" -> catalogue.keep(name);
        case "keepOnDisk" -> catalogue.keepOnDisk(name);
        default ->
            catalogue.commitFile(
                name, StoreFolder.ARRAY_SUFFIX, 8L * rows(seed), file -> fill(file, seed), true);
      }
      return "done";
    } catch (NoSuchTableException | TableExistsException e) {
      return "refused";
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
      return "failed";
    }
  }

  static int rows(long seed) {
    return 1 + (int) (seed % 20_000);
  }

  private static void fill(FileChannel file, long seed) throws java.io.IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 * rows(seed));
    while (bytes.hasRemaining()) {
      bytes.putLong(seed);
    }
    Bytes.writeFully(file, bytes.flip(), 0);
  }

  /** Whether an array's file is one that {@link #fill} has written whole. */
  static boolean isWhole(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    long seed = bytes.getLong(0);
    boolean same = array.length == 8 * rows(seed);
    while (same && bytes.hasRemaining()) {
      same = bytes.getLong() == seed;
    }
    return same;
  }
}
