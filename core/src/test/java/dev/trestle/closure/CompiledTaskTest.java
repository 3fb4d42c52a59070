package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trestle.Task;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks from compiled code, alone and around tasks from a notebook. */
class CompiledTaskTest {
  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig();
  }

  @AfterAll
  static void end() {
    rig.close();
  }

  /** What a heap table is to a store. */
  private static final class Heap {}

  /** What travels in its place. */
  private record Handle(String name) implements Serializable {}

  @Test
  void aCompiledLambdaTravelsWithItsLocals() {
    int plus = 3;
    Task<Integer, Integer> task = x -> x + plus;
    assertEquals(10, rig.run(task, 7));
  }

  @Test
  void aCompiledTaskTravelsWithoutAnyCode() {
    Task<Integer, Integer> task = x -> x;
    assertEquals(List.of(), rig.encoder.encodeTask(task).code());
  }

  @Test
  void aCompiledLambdaAroundANotebookLambdaBringsTheNotebooksCode() {
    rig.cell("int shift = 50;");
    rig.cell("int shifted(int x) { return x + shift; }");
    @SuppressWarnings("unchecked")
    var inner =
        (Task<Integer, Integer>) rig.notebook.value("(Task<Integer, Integer>) x -> shifted(x)");
    Task<String, Object> outer = text -> inner.apply(Integer.parseInt(text));
    assertEquals(57, rig.run(outer, "7"));
  }

  @Test
  void aCapturedLocalThatCannotTravelIsNamed() {
    var reader = new Thread();
    Task<Integer, Boolean> task = x -> reader.isAlive();
    var refused = assertThrows(CaptureException.class, () -> rig.encoder.encodeTask(task));
    assertEquals(
        "captured local 'reader' (declared Thread) cannot be sent to a worker: java.lang.Thread is"
            + " not serialisable. Create it inside the task, or pass what it needs as an argument",
        refused.getMessage());
  }

  @Test
  void aPlainLambdaOfCompiledCodeIsExplained() {
    Function<Integer, Integer> plain = x -> x + 1;
    Task<Integer, Integer> task = x -> plain.apply(x);
    var refused = assertThrows(CaptureException.class, () -> rig.encoder.encodeTask(task));
    assertEquals(
        "captured local 'plain' (declared Function) cannot be sent to a worker: a lambda (Function)"
            + " is not serialisable. It was made in compiled code,"
            + " dev.trestle.closure.CompiledTaskTest: there, cast it, (Function & Serializable)",
        refused.getMessage());
  }

  @Test
  void aCapturedLocalOfANotebookLambdaIsNamedByItsPlace() {
    rig.cell(
        "Task<Integer, Boolean> watch(int a, Thread t) { return x -> x == a && t.isAlive(); }");
    assertContains(
        "captured local no. 2 (declared Thread) cannot be sent to a worker",
        rig.refusal("watch(1, new Thread())"));
  }

  @Test
  void theEnclosingObjectIsNamed() {
    var refused =
        assertThrows(CaptureException.class, () -> rig.encoder.encodeTask(new Enclosing().task()));
    assertContains("the object around the lambda ('this')", refused.getMessage());
  }

  private static final class Enclosing {
    private final int field = 1;

    Task<Integer, Integer> task() {
      return x -> x + field;
    }
  }

  @Test
  void anObjectThatMustNotTravelIsReplacedOncePerMessage() {
    var asked = new AtomicInteger();
    var encoder =
        new ClosureEncoder(
            object -> object instanceof Heap ? new Handle("h" + asked.incrementAndGet()) : object);
    var heap = new Heap();
    var decoder = new ClosureDecoder(CompiledTaskTest.class.getClassLoader());
    assertEquals(
        List.of(new Handle("h1"), new Handle("h1")),
        decoder.decodeArgument(encoder.encodeArgument(List.of(heap, heap)).bytes()));
    assertEquals(1, asked.get());
  }

  @Test
  void aLargeArgumentIsRefused() {
    var refused =
        assertThrows(CaptureException.class, () -> rig.encoder.encodeArgument(new byte[65 << 20]));
    assertContains("the argument cannot be sent to a worker: it would take", refused.getMessage());
  }

  @Test
  void aLibraryAddedToTheRunningNotebookIsOpenedByTheWorker(@TempDir Path folder)
      throws IOException {
    Path source = Files.writeString(folder.resolve("Geo.java"), LIBRARY);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    assertEquals(0, exit);
    Files.writeString(folder.resolve("radius.txt"), "6371");
    rig.notebook.addToClasspath(folder.toString());
    assertEquals(
        "6371 km",
        rig.run(
            "(Task<geo.Geo, String>) g -> g.radius() + \" km\"",
            rig.notebook.value("new geo.Geo()")));
  }

  private static final String LIBRARY =
      """
      package geo;
      public class Geo implements java.io.Serializable {
        public String radius() throws java.io.IOException {
          try (var in = Geo.class.getResourceAsStream("/radius.txt")) {
            return new String(in.readAllBytes());
          }
        }
      }
      """;

  @Test
  void nullTravelsBothWays() {
    assertEquals(null, rig.run((Task<Object, Object>) x -> x, null));
  }

  @Test
  void whatAnExceptionSaysComesBack() {
    Throwable thrown =
        assertInstanceOf(
            IllegalStateException.class,
            rig.failure(
                "(Task<Integer, Integer>) x -> { throw new IllegalStateException(\"at \" + x); }",
                4));
    assertEquals("at 4", thrown.getMessage());
  }

  @Test
  void bytesThatAreNoMessageAreRefused() {
    var decoder = new ClosureDecoder(CompiledTaskTest.class.getClassLoader());
    assertThrows(CaptureException.class, () -> decoder.decodeTask(new byte[] {0, 0, 0}));
  }
}
