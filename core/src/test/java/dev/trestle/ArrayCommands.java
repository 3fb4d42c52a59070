package dev.trestle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The child's side of {@link ChildJvm} for arrays: one command a line, one answer a line. */
final class ArrayCommands {
  private ArrayCommands() {}

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Store store = Store.open(Path.of(arguments[0]))) {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        try {
          System.out.println(run(store, line.split(" ")));
        } catch (RuntimeException e) {
          System.out.println(e.getClass().getSimpleName());
        }
      }
    }
  }

  private static String run(Store store, String[] words) {
    long number = words.length > 2 ? Long.parseLong(words[2]) : 0;
    switch (words[0]) {
      case "create" -> {
        return store.array(words[1], double.class, number).name();
      }
      case "get" -> {
        return "" + store.attachArray(words[1]).getDouble(number);
      }
      case "add" -> {
        return "" + store.attachArray(words[1]).add(number).size();
      }
      case "count" -> {
        var counts = store.attachArray(words[1]).atomicLongs();
        for (long i = 0; i < number; i++) {
          counts.getAndAdd(0, 1);
        }
        return "counted";
      }
      case "loop-create" -> {
        for (int i = 0; ; i++) {
          store.array(words[1] + i, double.class, number);
          if (i == 0) {
            System.out.println("looping");
          }
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }
}
