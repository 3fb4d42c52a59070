package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trestle.closure.CaptureException;
import dev.trestle.closure.Notebook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which worker has which of a notebook's classes, when workers come and go. */
@Tag("slow")
@Timeout(60)
class NotebookCodeInPoolsTest {
  @TempDir Path folder;
  private final Notebook notebook = new Notebook();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    notebook.cell("record Trip(int km) { Trip back() { return new Trip(2 * km); } }");
    notebook.cell("String told(Trip t) { return \"to \" + t.back().km(); }");
  }

  @AfterEach
  void close() {
    store.close();
    notebook.close();
  }

  @SuppressWarnings("unchecked") // the test knows what its task takes
  private Task<Object, Object> task(String expression) {
    return (Task<Object, Object>) notebook.value(expression);
  }

  private Collection<Object> trips(int count) {
    List<Object> trips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trips.add(notebook.value("new Trip(" + i + ")"));
    }
    return trips;
  }

  @Test
  void aWorkerThatReplacesAKilledOneIsSentAllAgain() {
    Task<Object, Object> task = task("(Task<Trip, String>) t -> told(t)");
    try (Workers workers = store.workers(1)) {
      assertEquals(List.of("to 0", "to 2"), workers.map(trips(2), task));
      long pid = workers.pids().getFirst();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      assertEquals(List.of("to 0", "to 2"), workers.map(trips(2), task));
      assertNotEquals(pid, workers.pids().getFirst());
    }
  }

  @Test
  void workersThatAreRecycledInTheMiddleOfACallAreSentAllAgain() {
    Task<Object, Object> task = task("(Task<Trip, String>) t -> told(t)");
    try (Workers workers = store.workers(WorkerSettings.of(2).recycleAfter(3))) {
      List<Object> told = workers.chunk(1).map(trips(20), task);
      assertEquals("to 38", told.getLast());
      assertEquals(20, told.size());
    }
  }

  @Test
  void anArgumentThatIsRefusedTakesNoCodeWithIt() {
    notebook.cell("record Held(Object it) {}");
    Task<Object, Object> task = task("(Task<Object, String>) t -> t.toString()");
    List<Object> mixed =
        List.of(notebook.value("new Held(1)"), notebook.value("new Held(new Thread())"));
    try (Workers workers = store.workers(1)) {
      assertThrows(CaptureException.class, () -> workers.chunk(2).map(mixed, task));
      assertEquals(List.of("Held[it=1]"), workers.map(mixed.subList(0, 1), task));
    }
  }

  @Test
  void anOwnerIsSentTheCodeOfEachQuestionOverEachConnection() {
    try (Workers workers = store.workers(1)) {
      @SuppressWarnings("unchecked")
      var maker = (Computation<Object>) notebook.value("(Computation<Object>) () -> new Trip(4)");
      Served<Object> trip = workers.serveFrom("trip", maker);
      Task<Object, Object> question = task("(Task<Trip, String>) t -> told(t)");
      assertEquals("to 8", trip.ask(question));
      List<Object> asked = workers.map(List.of(0), none -> trip.ask(question));
      assertEquals(List.of("to 8"), asked);
    }
  }
}
