package dev.trestle.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code apart from values, under keys that its content gives. */
class ClassShippingTest {
  private final Notebook notebook = new Notebook();
  private final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  private final ClosureDecoder decoder =
      new ClosureDecoder(ClassShippingTest.class.getClassLoader());

  @AfterEach
  void close() {
    notebook.close();
  }

  private Message task(String expression) {
    return encoder.encodeTask(notebook.value("(Task<Integer, Object>) " + expression));
  }

  @SuppressWarnings("unchecked") // the test knows what its task takes
  private static Object run(ClosureDecoder where, Message task, int argument) throws Exception {
    return ((Task<Integer, Object>) Rig.decodeTask(where, task)).apply(argument);
  }

  @Test
  void aMessageHasOneKeyHoweverManyClassesItNeeds() {
    StringBuilder sum = new StringBuilder("0");
    for (int i = 0; i < 30; i++) {
      notebook.cell("record Part%d(int n) { int get() { return n + %d; } }".formatted(i, i));
      sum.append(" + new Part%d(x).get()".formatted(i));
    }
    notebook.cell("int total(int x) { return " + sum + "; }");
    Message message = task("x -> total(x)");
    assertTrue(message.code().size() > 30, "pieces: " + message.code().size());
    assertTrue(message.bytes().length < 1_500, "bytes: " + message.bytes().length);
  }

  @Test
  void unchangedCodeKeepsItsKeysAndIsNotHashedAgain() {
    notebook.cell("int twice(int x) { return 2 * x; }");
    Object task = notebook.value("(Task<Integer, Object>) x -> twice(x)");
    assertSame(encoder.encodeTask(task).code(), encoder.encodeTask(task).code());
    List<CodePiece> elsewhere = new ClosureEncoder(StandIns.NONE).encodeTask(task).code();
    assertEquals(keys(encoder.encodeTask(task).code()), keys(elsewhere));
  }

  @Test
  void twoTasksShareTheClassesThatBothUse() {
    notebook.cell("record Trip(int km) { int back() { return 2 * km; } }");
    Set<CodeKey> both = keys(task("x -> new Trip(x).back()").code());
    both.retainAll(keys(task("x -> new Trip(x).km()").code()));
    assertFalse(both.isEmpty());
  }

  @Test
  void argumentsOfOneClassNeedTheSameCode() {
    notebook.cell("record Trip(int km) {}");
    Message first = encoder.encodeArgument(notebook.value("new Trip(1)"));
    Message second = encoder.encodeArgument(notebook.value("new Trip(2)"));
    assertEquals(first.code(), second.code());
    assertFalse(first.code().isEmpty());
    assertEquals("Trip[km=1]", String.valueOf(Rig.decodeArgument(decoder, first)));
    assertEquals("Trip[km=2]", String.valueOf(decoder.decodeArgument(second.bytes())));
  }

  @Test
  void codeThatCameOnceServesLaterMessages() throws Exception {
    notebook.cell("int shift = 1;");
    notebook.cell("int shifted(int x) { return x + shift; }");
    Object task = notebook.value("(Task<Integer, Object>) x -> shifted(x)");
    assertEquals(3, run(decoder, encoder.encodeTask(task), 2));
    notebook.cell("shift = 10;");
    Message later = encoder.encodeTask(task);
    @SuppressWarnings("unchecked")
    var again = (Task<Integer, Object>) decoder.decodeTask(later.bytes());
    assertEquals(12, again.apply(2));
  }

  @Test
  void changedCodeUnderAnOldNameHasANewKeyAndBothVersionsCanBeTakenUpAgain() throws Exception {
    String use = "x -> new Step().by(x)";
    notebook.cell("class Step { int by(int x) { return x + 1; } }");
    Message one = task(use);
    Message two;
    try (var other = new Notebook()) {
      other.cell("class Step { int by(int x) { return x + 2; } }");
      two = encoder.encodeTask(other.value("(Task<Integer, Object>) " + use));
    }
    assertNotEquals(keys(one.code()), keys(two.code()));
    for (int i = 0; i < 3; i++) {
      assertEquals(6, run(decoder, one, 5));
      assertEquals(7, run(decoder, two, 5));
    }
  }

  @Test
  void aJarAddedLaterIsKnownToTheNextMessage() {
    notebook.cell("int same(int x) { return x; }");
    Message before = task("x -> same(x)");
    notebook.addToClasspath("/tmp/not-there.jar");
    Message after = task("x -> same(x)");
    CodeList list = CodeList.parse(after.code().getLast().content());
    assertTrue(list.classPath().contains("file:/tmp/not-there.jar"), list.toString());
    assertFalse(keys(before.code()).contains(after.code().getLast().key()));
  }

  @Test
  void aMessageWhoseCodeHasNotComeIsRefused() {
    notebook.cell("int same(int x) { return x; }");
    Message message = task("x -> same(x)");
    var refused = assertThrows(CaptureException.class, () -> decoder.decodeTask(message.bytes()));
    Rig.assertContains("code that a message needs has not come before it", refused.getMessage());
  }

  private static Set<CodeKey> keys(List<CodePiece> code) {
    Set<CodeKey> keys = new HashSet<>();
    code.forEach(piece -> keys.add(piece.key()));
    return keys;
  }
}
