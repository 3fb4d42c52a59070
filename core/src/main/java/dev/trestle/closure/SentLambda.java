package dev.trestle.closure;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the stream for a lambda of notebook code.
 *
 * <p>Java's own stand-in, {@link SerializedLambda}, is brought back by a method that javac adds to
 * the class; a class whose lambdas were made serializable later has none.
 *
 * @param captured the values that the lambda took with it
 */
record SentLambda(LambdaSite site, @Nullable Object[] captured) implements Serializable {

  static SentLambda of(SerializedLambda lambda) {
    @Nullable Object[] captured = new @Nullable Object[lambda.getCapturedArgCount()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = lambda.getCapturedArg(i);
    }
    return new SentLambda(LambdaSite.of(lambda), captured);
  }
}
