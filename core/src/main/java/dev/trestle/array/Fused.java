package dev.trestle.array;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** a * b + c, rounded once where the processor can do that. */
final class Fused {
  /**
   * Where the processor cannot, {@link Math#fma} computes with BigDecimal and takes a thousand
   * times as long. Among those that JDK 25 runs on, only x86 ones older than 2013 are without.
   */
  private static final boolean BY_THE_PROCESSOR =
      !System.getProperty("os.arch").equals("amd64") || processorFlags().contains(" fma ");

  private Fused() {}

  static double multiplyAdd(double a, double b, double c) {
    return BY_THE_PROCESSOR ? Math.fma(a, b, c) : a * b + c;
  }

  private static String processorFlags() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.startsWith("flags")).findFirst().orElse("") + " ";
    } catch (IOException e) {
      return ""; // no Linux
    }
  }
}
