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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

/** A table's file that somebody cuts while it is mapped. */
class CutFileTest {
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
