package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.DamagedTableException;
import dev.trestle.store.NoSuchTableException;
import dev.trestle.worker.TaskFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

/** A table's file that somebody cuts while it is mapped. */
class CutFileTest {
  private static final String ADVICE =
      "What was read of it since is void: drop it, and share it again";

  @TempDir Path folder;

  @Test
  void writingAndSharingSayWhichTableItWas() throws IOException {
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable table = store.share("cut", CutFile.table());
      Table view = table.table();
      cut(table.location());
      for (var failure :
          List.of(
              assertThrows(
                  DamagedTableException.class, () -> table.writeCsv(folder.resolve("t.csv"), ',')),
              assertThrows(DamagedTableException.class, () -> store.share("again", view)))) {
        assertTrue(
            failure.getMessage().contains(table.location().toString()), failure.getMessage());
      }
      assertThrows(NoSuchTableException.class, () -> store.attach("again"));
    }
  }

  @Test
  void whatCopiesTheRowsOfATableSaysWhichTableItWas() throws IOException {
    Path memory = folder.resolve("memory");
    try (Store store = Store.open(memory, folder.resolve("disk"))) {
      store.share("whole", CutFile.table());
      SharedTable table = store.share("cut", CutFile.table());
      Table view = table.table();
      cut(table.location());
      for (Executable call :
          List.<Executable>of(
              () -> store.append("whole", view),
              () -> store.attach("whole").append(view),
              () -> store.replace("whole", view),
              () -> store.append("cut", CutFile.table()),
              () -> table.append(CutFile.table()),
              () -> store.keepOnDisk("cut"),
              table::keepOnDisk,
              () -> store.attach("cut"))) {
        var failure = assertThrows(DamagedTableException.class, call);
        String message = "" + failure.getMessage();
        assertTrue(message.startsWith("table file " + table.location() + " had "), message);
        assertTrue(message.endsWith("cut it to 4,096. " + ADVICE), message);
      }
      assertEquals(1, store.attach("whole").version());
      assertEquals(view.rowCount(), store.attach("whole").rowCount());
      assertEquals(List.of(), Unfinished.in(memory));
      assertTrue(table.drop());
    }
  }

  @Test
  void aFileThatIsCutWhileItsRowsAreCopiedToADiskIsNamed() throws IOException {
    try (Store store = Store.open(folder.resolve("memory"), folder.resolve("disk"))) {
      SharedTable table = store.share("cut", CutFile.table());
      SharedTable version = table.append(CutFile.table()); // so that no file of it has this name
      Path part = version.files().getFirst();
      cut(part);
      var failure = assertThrows(DamagedTableException.class, () -> store.keepOnDisk("cut"));
      assertTrue(("" + failure.getMessage()).contains("" + part), failure.getMessage());
      assertEquals(List.of(), Unfinished.in(folder.resolve("disk")));
    }
  }

  @Test
  void aForeignFileThatATableReadsInPlaceIsNamedWithTheTable() throws IOException {
    Path file = folder.resolve("foreign.arrow");
    try (Store store = Store.open(folder.resolve("store"))) {
      Files.copy(store.share("ours", CutFile.table()).location(), file);
      SharedTable table = store.shareArrow("t", file);
      cut(file);
      InternalError fault =
          assertThrows(InternalError.class, () -> CutFile.sum(table, "n")); // at its last rows
      Throwable explained = Trestle.explain(new ExecutionException(fault));
      assertInstanceOf(DamagedTableException.class, explained);
      String message = "" + explained.getMessage();
      assertTrue(
          message.startsWith(
              "file %s, which the table in %s reads in place, had "
                  .formatted(file, table.location())),
          message);
      assertSame(fault, explained.getCause().getCause());
    }
  }

  @Test
  void otherFailuresAreLeftAsTheyAre() {
    var other = new IllegalStateException(new InternalError("a defect"));
    assertSame(other, Trestle.explain(other));
  }

  @Test
  void aTaskFailsAndItsWorkerLives() throws IOException {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(1)) {
      SharedTable table = store.share("cut", CutFile.table());
      assertEquals(List.of(true), workers.map(List.of("n"), c -> CutFile.sum(table, c) > 0));
      List<Long> pids = workers.pids();
      cut(table.location());
      var failure =
          assertThrows(
              TaskFailedException.class,
              () -> workers.map(List.of("n"), c -> CutFile.sum(table, c)));
      assertTrue(
          String.valueOf(failure.getCause()).contains(table.location().toString()),
          () -> "" + failure.getCause());
      assertEquals(List.of(3), workers.map(List.of(1), one -> one + 2));
      assertEquals(pids, workers.pids());
    }
  }

  /** Interpreted, compiled by C1 and by C2; every way of reading, again and again. */
  @ParameterizedTest
  @CsvSource({"-Xint, 2", "-XX:TieredStopAtLevel=1, 20", "-XX:-TieredCompilation, 20"})
  @Tag("slow")
  void noWayOfReadingEndsTheJvm(String compiler, int runs)
      throws IOException, InterruptedException {
    try (var child =
        new ChildJvm(List.of(compiler), CutFile.class, folder.resolve("child"), runs)) {
      for (String line = child.hear(); line != null; line = child.hear()) {
        if (line.equals("end")) {
          assertEquals(0, child.waitFor());
          return;
        }
        assertTrue(line.endsWith("InternalError") || line.endsWith("DamagedTableException"), line);
      }
      throw new AssertionError("the JVM ended with " + child.waitFor());
    }
  }

  static void cut(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(CutFile.KEPT);
    }
  }
}
