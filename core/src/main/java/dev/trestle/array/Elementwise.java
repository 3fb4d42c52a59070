package dev.trestle.array;

import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Mathematics on every element in place, on all cores for large arrays.
 *
 * <p>Floating elements are computed with as doubles and rounded once, whole ones as longs of which
 * the type's bits are kept, which is the same as computing in the type itself. When an operation
 * throws, part of the elements may have been changed.
 */
public final class Elementwise {
  private final Elements elements;

  /**
   * @throws UnsupportedOperationException if the elements are read-only
   */
  public Elementwise(Elements elements) {
    elements.checkWritable();
    this.elements = elements;
  }

  /** e to the power of each value, within 1 ulp. */
  public void exp() {
    floating("exp", null, ExpLoop::new);
  }

  /** The natural logarithm, within 1 ulp. */
  public void log() {
    floating("log", null, LogLoop::new);
  }

  /** The square root, correctly rounded; NaN for what is below 0. */
  public void sqrt() {
    floating("sqrt", null, () -> Loops::sqrt);
  }

  /** The value without its sign. */
  public void abs() {
    if (elements.type().isFloating()) {
      floating("abs", null, () -> Loops::abs);
    } else {
      whole("abs", null, () -> Loops::abs);
    }
  }

  /** The value with the other sign. */
  public void negate() {
    if (elements.type().isFloating()) {
      floating("negate", null, () -> Loops::negate);
    } else {
      whole("negate", null, () -> Loops::negate);
    }
  }

  /** What the operator makes of each value; several threads call it. */
  public void map(DoubleUnaryOperator operator) {
    DoubleLoop loop =
        (values, _, count) -> {
          for (int i = 0; i < count; i++) {
            values[i] = operator.applyAsDouble(values[i]);
          }
        };
    floating("map", null, () -> loop);
  }

  /** Each value and the operand. */
  public void apply(Arithmetic operation, double operand) {
    floating(operation + " with a double", null, () -> Loops.with(operand, operation));
  }

  /**
   * Each value and the operand; no bit of it is lost for longs.
   *
   * @throws ArithmeticException if whole numbers are divided by 0
   */
  public void apply(Arithmetic operation, long operand) {
    if (elements.type().isFloating()) {
      apply(operation, (double) operand);
    } else {
      whole(operation.toString(), null, () -> Loops.with(operand, operation));
    }
  }

  /**
   * Each value and the one at the same place.
   *
   * @throws IllegalArgumentException if the shapes differ, or the operand lies partly in the same
   *     memory
   * @throws ArithmeticException if a whole number is divided by 0
   */
  public void apply(Arithmetic operation, Elements operand) {
    checkOperand(operation, operand);
    if (elements.type().isFloating()) {
      floating(operation.toString(), operand, () -> operation::run);
    } else {
      whole(operation.toString(), operand, () -> operation::run);
    }
  }

  private void checkOperand(Arithmetic operation, Elements operand) {
    if (!operand.shape().equals(elements.shape())) {
      throw new IllegalArgumentException(
          "%s: array '%s' has shape %s and array '%s' has shape %s"
              .formatted(
                  operation, elements.name(), elements.shape(), operand.name(), operand.shape()));
    }
    boolean converts = elements.type().isFloating() || operand.type().isInteger();
    if (!converts || operand.type() == ElementType.BOOLEAN) {
      throw unsupported("%s with elements of %s".formatted(operation, operand.type()));
    }
    MemorySegment own = elements.segment();
    boolean isSame =
        own.address() == operand.segment().address() && elements.type() == operand.type();
    if (!isSame && own.asOverlappingSlice(operand.segment()).isPresent()) {
      throw new IllegalArgumentException(
          "%s: the two parts of array '%s' overlap; copy one of them first"
              .formatted(operation, elements.name()));
    }
  }

  private void floating(String what, @Nullable Elements other, Supplier<DoubleLoop> loops) {
    if (!elements.type().isFloating()) {
      throw unsupported(what);
    }
    Parts.run(
        elements.size(),
        (from, to) -> {
          var blocks = new Blocks(elements);
          var operands = other == null ? null : new Blocks(other);
          DoubleLoop loop = loops.get();
          double[] values = new double[Blocks.LENGTH];
          double[] operand = new double[other == null ? 0 : Blocks.LENGTH];
          for (long at = from; at < to; at += Blocks.LENGTH) {
            int count = (int) Math.min(Blocks.LENGTH, to - at);
            blocks.load(at, values, count);
            if (operands != null) {
              operands.load(at, operand, count);
            }
            loop.run(values, operand, count);
            blocks.store(values, at, count);
          }
        });
  }

  private void whole(String what, @Nullable Elements other, Supplier<LongLoop> loops) {
    if (!elements.type().isInteger()) {
      throw unsupported(what);
    }
    try {
      Parts.run(
          elements.size(),
          (from, to) -> {
            var blocks = new Blocks(elements);
            var operands = other == null ? null : new Blocks(other);
            LongLoop loop = loops.get();
            long[] values = new long[Blocks.LENGTH];
            long[] operand = new long[other == null ? 0 : Blocks.LENGTH];
            for (long at = from; at < to; at += Blocks.LENGTH) {
              int count = (int) Math.min(Blocks.LENGTH, to - at);
              blocks.load(at, values, count);
              if (operands != null) {
                operands.load(at, operand, count);
              }
              loop.run(values, operand, count);
              blocks.store(values, at, count);
            }
          });
    } catch (ArithmeticException e) {
      throw new ArithmeticException(
          "array '%s' of %s cannot be divided by 0".formatted(elements.name(), elements.type()));
    }
  }

  private UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "array '%s' holds %s elements, which have no %s; copy it into an array of double first"
            .formatted(elements.name(), elements.type(), what));
  }
}
