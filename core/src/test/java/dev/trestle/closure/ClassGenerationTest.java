package dev.trestle.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.trestle.Task;
import org.junit.jupiter.api.Test;

/** How long a worker keeps the notebook classes that it has. */
class ClassGenerationTest {
  private final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  private final ClosureDecoder decoder =
      new ClosureDecoder(ClassGenerationTest.class.getClassLoader());

  @Test
  void aClassThatCameBeforeIsNotDefinedAgain() {
    try (var notebook = new Notebook()) {
      notebook.cell(
          "class Step implements Task<Integer, Integer> { public Integer apply(Integer x) { return x; } }");
      Object step = notebook.value("new Step()");
      Object first = Rig.decodeTask(decoder, encoder.encodeTask(step));
      Object second = Rig.decodeTask(decoder, encoder.encodeTask(step));
      assertSame(first.getClass(), second.getClass());
      assertNotSame(step.getClass(), first.getClass());
    }
  }

  @Test
  void aNewNotebookMayUseTheNamesOfTheOldOne() throws ReflectiveOperationException {
    ClassLoader before = decodeVersion("1").loader();
    ClassLoader after = decodeVersion("2").loader();
    assertNotSame(before, after);
  }

  @Test
  void theStopChecksOfTheLocalEngineComeAlong() throws Exception {
    try (var notebook = Notebook.withStopChecks()) {
      notebook.cell("int sum(int n) { int s = 0; for (int i = 1; i <= n; i++) s += i; return s; }");
      Object task = notebook.value("(Task<Integer, Integer>) n -> sum(n)");
      @SuppressWarnings("unchecked")
      var rebuilt = (Task<Integer, Integer>) Rig.decodeTask(decoder, encoder.encodeTask(task));
      assertEquals(55, rebuilt.apply(10));
    }
  }

  private ClosureDecoder decodeVersion(String literal) throws ReflectiveOperationException {
    try (var notebook = new Notebook()) {
      notebook.cell(
          "record Version(int n) { public static int latest() { return " + literal + "; } }");
      Message message = encoder.encodeTask(notebook.value("Version.class"));
      Class<?> version = (Class<?>) Rig.decodeTask(decoder, message);
      assertEquals(Integer.valueOf(literal), version.getDeclaredMethod("latest").invoke(null));
      return decoder;
    }
  }
}
