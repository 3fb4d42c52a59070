package dev.trestle.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure over time in a bounded number of points: when there are too many, each two become their
 * mean, so that a call of a second and one of a day are drawn alike.
 */
final class Trail {
  private static final int MOST_POINTS = 96;

  private final List<Double> points = new ArrayList<>();
  private int span = 1; // values in a point
  private double sum; // of the point that is not yet full
  private int count;

  void add(double value) {
    sum += value;
    if (++count < span) {
      return;
    }
    points.add(sum / span);
    sum = 0;
    count = 0;
    if (points.size() == MOST_POINTS) {
      for (int i = 0; i < MOST_POINTS / 2; i++) {
        points.set(i, (points.get(2 * i) + points.get(2 * i + 1)) / 2);
      }
      points.subList(MOST_POINTS / 2, MOST_POINTS).clear();
      span *= 2;
    }
  }

  /** The points so far; the last may stand for fewer values than the others. */
  List<Double> points() {
    List<Double> all = new ArrayList<>(points);
    if (count > 0) {
      all.add(sum / count);
    }
    return all;
  }

  /** The mean of all values; 0 if there are none. */
  double mean() {
    double total = sum;
    for (double point : points) {
      total += point * span;
    }
    long values = (long) points.size() * span + count;
    return values == 0 ? 0 : total / values;
  }
}
