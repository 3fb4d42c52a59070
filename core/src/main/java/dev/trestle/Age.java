package dev.trestle;

import java.time.Duration;

/** How long ago something was, in words. */
final class Age {
  private Age() {}

  /** In the largest unit of which there are two or more: {@code 3 minutes}, {@code 90 minutes}. */
  static String words(Duration age) {
    long seconds = Math.max(0, age.toSeconds()); // clocks can be set back
    if (seconds < 2 * 60) {
      return number(seconds, "second");
    }
    if (seconds < 2 * 60 * 60) {
      return number(seconds / 60, "minute");
    }
    long hours = seconds / (60 * 60);
    return hours < 2 * 24 ? number(hours, "hour") : number(hours / 24, "day");
  }

  private static String number(long n, String unit) {
    return n + " " + (n == 1 ? unit : unit + "s");
  }
}
