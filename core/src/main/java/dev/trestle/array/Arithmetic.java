package dev.trestle.array;

import java.util.Locale;

/** The four operations on two numbers. Whole numbers wrap around, as in Java. */
public enum Arithmetic {
  ADD {
    @Override
    void run(double[] values, double[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] += operand[i];
      }
    }

    @Override
    void run(long[] values, long[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] += operand[i];
      }
    }
  },
  SUBTRACT {
    @Override
    void run(double[] values, double[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] -= operand[i];
      }
    }

    @Override
    void run(long[] values, long[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] -= operand[i];
      }
    }
  },
  MULTIPLY {
    @Override
    void run(double[] values, double[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] *= operand[i];
      }
    }

    @Override
    void run(long[] values, long[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] *= operand[i];
      }
    }
  },
  DIVIDE {
    @Override
    void run(double[] values, double[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] /= operand[i];
      }
    }

    @Override
    void run(long[] values, long[] operand, int count) {
      for (int i = 0; i < count; i++) {
        values[i] /= operand[i];
      }
    }
  };

  abstract void run(double[] values, double[] operand, int count);

  abstract void run(long[] values, long[] operand, int count);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
