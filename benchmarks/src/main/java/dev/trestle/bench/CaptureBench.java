package dev.trestle.bench;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.StandIns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;

/** What it takes to gather a notebook lambda with its code and variables, again and again. */
public final class CaptureBench {
  private static final AtomicReference<@Nullable Object> GIVEN = new AtomicReference<>();

  private final TextTable figures;

  CaptureBench(TextTable figures) {
    this.figures = figures;
  }

  /** Called from the cells below: how a value gets out of the notebook. */
  public static void give(Object value) {
    GIVEN.set(value);
  }

  void run(int times) {
    try (JShell notebook = JShell.builder().executionEngine("local").build()) {
      evaluate(notebook, "int factor = 3;");
      evaluate(notebook, "int scaled(int x) { return x * factor; }");
      evaluate(notebook, "dev.trestle.Task<Integer, Integer> task = x -> scaled(x);");
      evaluate(notebook, "dev.trestle.bench.CaptureBench.give(task);");
      Object task = Objects.requireNonNull(GIVEN.get());
      var encoder = new ClosureEncoder(StandIns.NONE);
      List<Double> micros = new ArrayList<>();
      for (int i = -times; i < times; i++) {
        long start = System.nanoTime();
        encoder.encodeTask(task);
        if (i >= 0) {
          micros.add((System.nanoTime() - start) / 1e3);
        }
      }
      Bar.microseconds("capture of an unchanged notebook lambda", 30)
          .addTo(figures, Median.of(micros), true);
    }
  }

  private static void evaluate(JShell notebook, String cell) {
    for (SnippetEvent event : notebook.eval(cell)) {
      if (event.exception() != null || event.status() == Snippet.Status.REJECTED) {
        throw new IllegalStateException("the notebook refused: " + cell, event.exception());
      }
    }
  }
}
