package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The magics on IJava as it is, where Trestle is an extension and not the kernel. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockIJavaMagicsTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder, StockIJava.spec());
    run("%workers 2 --heap 96m");
    run(
        "Table t = Table.create(\"t\", StringColumn.create(\"g\", \"a\", \"b\"),"
            + " IntColumn.create(\"n\", new int[] {1, 2}));");
    run("%share letters = t");
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private Outcome run(String code) throws Exception {
    Outcome cell = kernel.run(code);
    assertEquals("ok", cell.status(), () -> code + ": " + cell.reply());
    return cell;
  }

  private static List<String> texts(Outcome cell) {
    return cell.all("display_data").stream()
        .map(each -> each.getAsJsonObject("data").get("text/plain").getAsString())
        .toList();
  }

  @Test
  void memoryIsDrawnAndTheValueShown() throws Exception {
    Outcome cell = run("%%memory --lines\nint a = 5;\nint b = a * 2;\nb + 1");
    assertEquals("11", texts(cell).getFirst());
    assertTrue(texts(cell).getLast().contains("   3  int b = a * 2;"), texts(cell)::toString);
    JsonObject shown = cell.all("display_data").getLast().getAsJsonObject("data");
    assertEquals(1, Fragment.of(shown.get("text/html").getAsString()).all("svg").size());
    assertEquals("10", run("b").result());
  }

  @Test
  void timesAreTaken() throws Exception {
    assertTrue(texts(run("%%time\nThread.sleep(5);")).getLast().startsWith("wall "));
    assertTrue(texts(run("%%bench --runs 3\nMath.sqrt(2)")).getLast().startsWith("median "));
  }

  @Test
  void groupsRunInTheWorkers() throws Exception {
    run("%%parallel letters by=g into=counts\npart.rowCount()");
    assertEquals("[1, 1]", run("counts").result());
  }

  @Test
  void aCellRunsInAJvmOfItsOwn() throws Exception {
    run("%%fork --heap 96m\nint there = 6 * 7;\nSystem.out.println(there);");
    assertEquals("42", run("there").result());
  }

  @Test
  void tablesAreToldOfAndAttached() throws Exception {
    assertTrue(texts(run("%info letters")).getLast().startsWith("letters: 2 rows"));
    run("%attach letters --as again");
    assertEquals("2", run("again.rowCount()").result());
    assertTrue(texts(run("%heap --top 3")).getLast().startsWith("Live objects: "));
    assertTrue(texts(run("%lsmagic")).getLast().contains("%%parallel"));
    assertTrue(texts(run("%share?")).getLast().startsWith("Usage: %share"));
  }
}
