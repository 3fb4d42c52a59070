package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.CaptureException;
import dev.trestle.closure.Notebook;
import dev.trestle.worker.TaskFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Cells of a notebook on a store and on worker JVMs, as a user types them. */
@Tag("slow")
@Timeout(60)
class NotebookWorkersTest {
  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void openTheNotebook() {
    notebook = new Notebook();
    notebook.cell("import tech.tablesaw.api.*; import java.nio.file.*;");
    notebook.cell("Store store = Store.open(Path.of(\"" + folder.resolve("store") + "\"));");
    notebook.cell("Workers workers = store.workers(2);");
    notebook.cell(
        """
        SharedTable trips = store.share("trips", Table.create("trips",
            StringColumn.create("city", "Ulm", "Bonn", "Ulm", "Ulm", "Bonn"),
            IntColumn.create("km", 3, 5, 7, 11, 13)));
        """);
    notebook.cell(
        """
        Throwable thrownBy(Runnable cell) {
          try {
            cell.run();
            return new AssertionError("nothing was thrown");
          } catch (RuntimeException e) {
            return e;
          }
        }
        """);
  }

  @AfterAll
  static void closeTheNotebook() {
    List<?> pids = (List<?>) notebook.value("workers.pids()");
    notebook.cell("workers.close(); store.close();");
    notebook.close();
    for (Object pid : pids) {
      assertFalse(ProcessHandle.of((Long) pid).map(ProcessHandle::isAlive).orElse(false));
    }
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }

  @Test
  void aMapUsesVariablesMethodsAndRecordsOfTheNotebook() {
    notebook.cell("int factor = 10;");
    notebook.cell("record Scaled(int from, long to) {}");
    notebook.cell("Scaled scaled(int x) { return new Scaled(x, (long) x * factor); }");
    notebook.cell("List<Scaled> results = workers.map(List.of(1, 2, 3), x -> scaled(x));");
    assertEquals(
        "[Scaled[from=1, to=10], Scaled[from=2, to=20], Scaled[from=3, to=30]]",
        notebook.value("results").toString());
    assertEquals(true, notebook.value("results.get(2) instanceof Scaled s && s.to() == 30"));
  }

  @Test
  void theNextCallSeesAVariablesNewValue() {
    notebook.cell("int threshold = 2;");
    notebook.cell("boolean isHigh(int x) { return x > threshold; }");
    String call = "workers.map(List.of(1, 2, 3), x -> isHigh(x))";
    assertEquals(List.of(false, false, true), notebook.value(call));
    notebook.cell("threshold = 1;");
    assertEquals(List.of(false, true, true), notebook.value(call));
  }

  @Test
  void theNextCallSeesAMethodsNewText() {
    notebook.cell("int step(int x) { return x + 1; }");
    notebook.cell("int twice(int x) { return step(step(x)); }");
    assertEquals(List.of(2), notebook.value("workers.map(List.of(0), x -> twice(x))"));
    notebook.cell("int step(int x) { return x + 100; }");
    assertEquals(List.of(200), notebook.value("workers.map(List.of(0), x -> twice(x))"));
  }

  @Test
  void mapGroupsAppliesANotebookMethodToEachPartOfASharedTable() {
    notebook.cell("int toll = 1;");
    notebook.cell(
        """
        Table longest(Table part) {
          return Table.create("r",
              StringColumn.create("city", part.stringColumn("city").get(0)),
              IntColumn.create("longest", new int[] {(int) part.intColumn("km").max() + toll}),
              IntColumn.create("trips", new int[] {part.rowCount()}));
        }
        """);
    notebook.cell("SharedTable byCity = workers.mapGroups(trips, \"city\", p -> longest(p));");
    Table result = (Table) notebook.value("byCity.table()");
    assertEquals(List.of("Ulm", "Bonn"), result.stringColumn("city").asList());
    assertEquals(List.of(12, 14), result.intColumn("longest").asList());
    assertEquals(List.of(3, 2), result.intColumn("trips").asList());
    assertEquals("trips.by.city", notebook.value("byCity.name()"));
  }

  @Test
  void anExceptionInNotebookCodeHasTheFramesOfTheCellAndOfTheCaller() {
    notebook.cell(
        """
        int positive(int x) {
          if (x < 0) {
            throw new IllegalArgumentException("negative: " + x);
          }
          return x;
        }
        """);
    Object thrown = notebook.value("thrownBy(() -> workers.map(List.of(1, -2), x -> positive(x)))");
    var failed = assertInstanceOf(TaskFailedException.class, thrown);
    assertTrue(failed.getMessage().startsWith("task 2 of 2 failed on worker "), failed::toString);
    var cause = assertInstanceOf(IllegalArgumentException.class, failed.getCause());
    assertEquals("negative: -2", cause.getMessage());
    assertEquals("positive", cause.getStackTrace()[0].getMethodName());
    List<String> methods =
        Arrays.stream(failed.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    assertEquals("positive", methods.getFirst());
    assertTrue(methods.contains("thrownBy"), methods.toString());
  }

  @Test
  void anExceptionOfTheNotebooksOwnClassComesBackAsThatClass() {
    notebook.cell(
        """
        class TooFar extends RuntimeException {
          final int km;
          TooFar(int km) { super("too far"); this.km = km; }
        }
        """);
    notebook.cell("int checked(int km) { if (km > 9) throw new TooFar(km); return km; }");
    assertEquals(
        11,
        notebook.value(
            "((TooFar) thrownBy(() -> workers.map(List.of(11), x -> checked(x))).getCause()).km"));
  }

  @Test
  void aVariableThatHoldsASharedTableIsAttachedInTheWorkers() throws Exception {
    String call =
        """
        workers.map(List.of("km"), c ->
            trips.table().intColumn(c).sum() + " " + Files.readString(Path.of("/proc/self/maps")))
            .get(0)\
        """;
    String sumAndMaps = (String) notebook.value(call);
    assertTrue(sumAndMaps.startsWith("39.0 "), sumAndMaps);
    Path file = (Path) notebook.value("trips.location()");
    // By its inode: it may be mapped under another name.
    assertTrue(sumAndMaps.contains(" " + Files.getAttribute(file, "unix:ino") + " "), sumAndMaps);
  }

  @Test
  void aVariableThatHoldsAHeapTableTravelsThroughSharedMemory() throws Exception {
    notebook.cell("Table prices = Table.create(\"prices\", DoubleColumn.create(\"eur\", 1.5, 2));");
    assertEquals(
        List.of("prices 1.5", "prices 2.0"),
        notebook.value(
            "workers.map(List.of(0, 1),"
                + " row -> prices.name() + \" \" + prices.doubleColumn(\"eur\").get(row))"));
    assertEquals(List.of(), Unfinished.in(folder.resolve("store")));
  }

  @Test
  void aHeapTableIsSentAsItIsNow() {
    notebook.cell("Table stock = Table.create(\"stock\", IntColumn.create(\"n\", 1, 1));");
    String call = "workers.map(List.of(0), i -> stock.intColumn(\"n\").asList())";
    assertEquals(List.of(List.of(1, 1)), notebook.value(call));
    notebook.cell("stock.intColumn(\"n\").append(2);");
    assertEquals(List.of(List.of(1, 1, 2)), notebook.value(call));
  }

  @Test
  void aVariableThatCannotBeSentIsNamedWithTheWayToIt() {
    notebook.cell("Thread ticker = new Thread();");
    notebook.cell("String tickerName() { return ticker.getName(); }");
    Object thrown = notebook.value("thrownBy(() -> workers.map(List.of(1), x -> tickerName()))");
    String message = assertInstanceOf(CaptureException.class, thrown).getMessage();
    String expected =
        "notebook variable 'ticker' (declared Thread), used by lambda -> tickerName, cannot be"
            + " sent to a worker";
    assertTrue(message.contains(expected), message);
  }

  @Test
  void theWorkersThemselvesCannotBeSentAndTheMessageSaysSo() {
    Object thrown =
        notebook.value("thrownBy(() -> workers.map(List.of(1), x -> workers.size() + x))");
    String message = assertInstanceOf(CaptureException.class, thrown).getMessage();
    assertTrue(message.contains("notebook variable 'workers'"), message);
  }

  @Test
  void anObjectOfANotebookClassIsServedAndAskedWithNotebookCodeFromWorkers() {
    notebook.cell(
        """
        class Ledger {
          int total;
          int add(int n) { return total += n; }
        }
        """);
    notebook.cell("int fee = 2;");
    notebook.cell("int book(Ledger ledger, int n) { return ledger.add(n + fee); }");
    notebook.cell("Served<Ledger> ledger = workers.serveFrom(\"ledger\", () -> new Ledger());");
    notebook.cell("workers.forEach(List.of(1, 2, 3), n -> ledger.ask(l -> book(l, n)));");
    assertEquals(12, notebook.value("(int) ledger.ask(l -> l.total)"));
    notebook.cell("fee = 10;");
    notebook.cell("workers.forEach(List.of(1), n -> ledger.ask(l -> book(l, n)));");
    assertEquals(23, notebook.value("(int) ledger.ask(l -> l.total)"));
    notebook.cell("ledger.close();");
  }
}
