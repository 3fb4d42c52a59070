package dev.trestle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Work for a processor, and nothing else; also in plain JVMs side by side. */
final class Arithmetic {
  private static final long FEW = 1 << 20;

  private Arithmetic() {}

  /** The sum of so many square roots. */
  static double sum(long rounds) {
    double sum = 0;
    for (long i = 1; i <= rounds; i++) {
      sum += Math.sqrt((double) i);
    }
    return sum;
  }

  /** How many rounds take so long, here and now. */
  static long roundsOf(int millis) {
    long rounds = FEW;
    while (true) {
      long start = System.nanoTime();
      double sum = sum(rounds);
      long nanos = System.nanoTime() - start;
      if (nanos > millis * 1_000_000L || Double.isNaN(sum)) {
        return Math.round(rounds * (millis * 1e6 / nanos));
      }
      rounds *= 2;
    }
  }

  /** How long so many JVMs take for the sums of all groups, of which each has an equal part. */
  static double seconds(int jvms, long rounds, int groups) {
    List<Process> all = new ArrayList<>();
    try {
      for (int i = 0; i < jvms; i++) {
        all.add(start(rounds, groups / jvms));
      }
      List<BufferedReader> lines = all.stream().map(Process::inputReader).toList();
      expect("ready", lines);
      long start = System.nanoTime();
      for (Process each : all) {
        each.outputWriter().append("go").append(System.lineSeparator()).flush();
      }
      expect("done", lines);
      return (System.nanoTime() - start) / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      all.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(long rounds, int groups) throws IOException {
    return new ProcessBuilder(
            OtherJvm.command(
                List.of("-XX:+UseSerialGC"),
                Arithmetic.class,
                Long.toString(rounds),
                Integer.toString(groups)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void expect(String word, List<BufferedReader> lines) throws IOException {
    for (BufferedReader each : lines) {
      String said = each.readLine();
      if (!word.equals(said)) {
        throw new IOException(
            "a JVM beside this one said '%s' instead of '%s'".formatted(said, word));
      }
    }
  }

  /** One of the plain JVMs: the rounds of a sum, and how many sums. */
  static void main(String[] arguments) throws IOException {
    long rounds = Long.parseLong(arguments[0]);
    int groups = Integer.parseInt(arguments[1]);
    double sum = IntStream.range(0, 100).mapToDouble(i -> sum(FEW / 100)).sum();
    System.out.println("ready");
    int go = System.in.read();
    for (int i = 0; i < groups; i++) {
      sum += sum(rounds);
    }
    System.out.println(go > 0 && sum > 0 ? "done" : "nothing done");
  }
}
