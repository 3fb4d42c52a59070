package dev.trestle.kernel;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The code of a cell that {@code %%bench} runs; what the magic's code calls is public. */
@SuppressWarnings("overloads") // a lambda without parameters either has a value or has none
public abstract sealed class BenchedCode {
  /** Where a value goes, so that the compiler cannot do without computing it. */
  @SuppressWarnings("UnusedVariable") // to be written is what it is for
  private static volatile @Nullable Object last;

  private BenchedCode() {}

  /** Code without a value. */
  @FunctionalInterface
  public interface Block {
    /** Runs the code once. */
    void run() throws Exception;
  }

  /** Hands code with a value to the magic that waits for it. */
  public static void keep(String key, Callable<?> code) {
    Handover.<Box>take(key).code = new Valued(code);
  }

  /** Hands code without a value to the magic that waits for it. */
  public static void keep(String key, Block code) {
    Handover.<Box>take(key).code = new Plain(code);
  }

  /** Runs the code once; what it throws is thrown on as it is. */
  abstract void run();

  static final class Box {
    private @Nullable BenchedCode code;

    BenchedCode code() {
      return Objects.requireNonNull(code, "the code was not handed over");
    }
  }

  private static final class Valued extends BenchedCode {
    private final Callable<?> code;

    Valued(Callable<?> code) {
      this.code = code;
    }

    @Override
    void run() {
      try {
        last = code.call();
        last = null; // nothing is kept alive for it
      } catch (Exception e) {
        throw BenchedCode.<RuntimeException>unchecked(e);
      }
    }
  }

  private static final class Plain extends BenchedCode {
    private final Block code;

    Plain(Block code) {
      this.code = code;
    }

    @Override
    void run() {
      try {
        code.run();
      } catch (Exception e) {
        throw BenchedCode.<RuntimeException>unchecked(e);
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // any exception, for the cell
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
