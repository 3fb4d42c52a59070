package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The magics in a kernel of its own process, as a front end sees them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelMagicsTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
    assertEquals("ok", kernel.run("%workers 2 --heap 96m").status());
    assertEquals(
        "ok",
        kernel
            .run(
                "Table t = Table.create(\"t\", StringColumn.create(\"g\", \"a\", \"b\"),"
                    + " IntColumn.create(\"n\", new int[] {1, 2}));\n%share letters = t")
            .status());
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private static JsonObject code(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.codePointCount(0, code.length()));
    return content;
  }

  private List<String> completions(String code) throws Exception {
    List<String> matches = new ArrayList<>();
    kernel
        .ask("complete_request", code(code))
        .getAsJsonArray("matches")
        .forEach(each -> matches.add(each.getAsString()));
    return matches;
  }

  private static List<JsonObject> displays(Outcome cell) {
    return cell.all("display_data").stream().map(each -> each.getAsJsonObject("data")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%workers",
        "%tables",
        "%memory",
        "%info letters",
        "%attach letters",
        "%share again = letters --replace",
        "%heap",
        "%heap --diff",
        "%lsmagic",
        "%memory?",
        "%%memory?",
        "%%memory --lines\nint a = 5;\na * 2",
        "%%time\nint b = 5;\nb * 2",
        "%%bench --runs 3\nint c = 5;\nc * 2",
        "%%heap\nint d = 5;\nd * 2",
        "%%parallel letters by=g\npart.rowCount()",
        "%%fork --heap 96m\nint e = 5;\ne * 2"
      })
  void eachMagicShowsTextAndHtml(String magic) throws Exception {
    Outcome cell = kernel.run(magic);
    assertEquals("ok", cell.status(), () -> cell.reply().toString());
    List<JsonObject> displays = displays(cell);
    assertFalse(displays.isEmpty());
    boolean hasValue = magic.endsWith("* 2") && !magic.startsWith("%%bench");
    if (hasValue) {
      assertEquals("10", displays.getFirst().get("text/plain").getAsString());
    }
    if (!magic.startsWith("%%parallel") && !magic.startsWith("%%fork")) {
      JsonObject shown = displays.getLast();
      assertFalse(shown.get("text/plain").getAsString().isBlank());
      Fragment.of(shown.get("text/html").getAsString());
    }
    assertTrue(
        cell.all("stream").stream().allMatch(each -> each.get("text").getAsString().isBlank()),
        () -> cell.all("stream").toString());
  }

  @Test
  void aMagicWrittenWronglyIsToldOnTheErrorStream() throws Exception {
    Outcome cell = kernel.run("%%memory --lnies\nint never = 1;");
    assertEquals("ok", cell.status());
    String said = cell.all("stream").getFirst().get("text").getAsString();
    assertTrue(said.contains("Did you mean '%%memory --lines'?"), said);
    assertEquals("error", kernel.run("never").status());
  }

  @Test
  void anUnknownMagicIsAnErrorWithTheNearestOne() throws Exception {
    Outcome cell = kernel.run("%memroy");
    assertEquals("error", cell.status());
    String text = cell.all("error").getFirst().toString();
    assertTrue(text.contains("%memory"), text);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '%%mem', '%%memory'
          '%%memory --', '--interval,--lines'
          '%%memory --lines --i', '--interval'
          '%workers re', 'restart'
          '%info let', 'letters'
          'int x = 1;%n%drop let', 'letters'
          '%%parallel letters i', 'into='
          '%%memory%nSyst', 'System'
          '%workers 2%nString s = "";%ns.repea', 'repeat('
          """)
  void completionKnowsMagicsAndTheJavaBelowThem(String text, String expected) throws Exception {
    List<String> found = completions(text.replace("%n", "\n"));
    assertTrue(found.containsAll(List.of(expected.split(","))), found.toString());
  }

  @Test
  void aDamagedTableIsListedExplainedReplacedAndDropped() throws Exception {
    String cut =
        "java.nio.file.Files.write(Trestle.attach(\"cut\").location(), new byte[100]).toString();";
    assertEquals("ok", kernel.run("%share cut = t\n" + cut).status());
    String listed = displays(kernel.run("%tables")).getLast().get("text/plain").getAsString();
    String[] lists = listed.split("damaged, to %drop");
    assertTrue(lists[0].contains("letters") && !lists[0].contains("cut"), listed);
    assertTrue(lists[1].contains("cut.arrow is damaged: "), listed);
    Outcome attaching = kernel.run("%attach cut");
    assertEquals("error", attaching.status());
    assertTrue(attaching.toString().contains("drop it, and share it again"), attaching.toString());
    assertEquals("ok", kernel.run("%share cut = t --replace\n" + cut).status());
    assertEquals("ok", kernel.run("%drop cut").status());
    String left = displays(kernel.run("%tables")).getLast().get("text/plain").getAsString();
    assertFalse(left.contains("cut"), left);
  }

  @Test
  void inspectionExplainsAMagic() throws Exception {
    JsonObject content = kernel.ask("inspect_request", code("%%memory --lines"));
    assertTrue(content.get("found").getAsBoolean());
    String text = content.getAsJsonObject("data").get("text/plain").getAsString();
    assertTrue(text.startsWith("Usage: %%memory"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "%%memory, incomplete",
    "'%%memory\nint x = 1;', complete",
    "'%%memory\nint x = = 1;', invalid",
    "'%%memory\nfor (;;) {', incomplete",
    "'%workers 2', complete",
    "%memory?, complete"
  })
  void completenessIsThatOfTheJavaBelowAMagic(String text, String status) throws Exception {
    JsonObject content = kernel.ask("is_complete_request", code(text));
    assertEquals(status, content.get("status").getAsString());
  }

  @Test
  void anInterruptEndsARecordedCellAndItsRecording() throws Exception {
    String cell = kernel.execute("%%memory\nSystem.out.println(\"begun\");\nwhile (true) {}");
    kernel.awaitPublished(cell, message -> KernelClient.is(message, "stream"));
    kernel.interrupt();
    assertEquals("error", kernel.outcome(cell).status());
    Outcome threads =
        kernel.run(
            "Thread.getAllStackTraces().keySet().stream().filter(x ->"
                + " x.getName().equals(\"trestle-memory-timeline\")).count()");
    assertEquals("0", threads.result());
  }

  @Test
  void whatStandsInTextIsNoMagic() throws Exception {
    Outcome cell = kernel.run("String text = \"\"\"\n    %tables\n    \"\"\";\ntext.strip()");
    assertEquals("%tables", cell.result());
    JsonArray none = kernel.ask("complete_request", code("int a = 7 %")).getAsJsonArray("matches");
    assertFalse(none.toString().contains("%tables"));
  }
}
