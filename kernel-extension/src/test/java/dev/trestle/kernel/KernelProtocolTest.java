package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole kernel, in a process of its own, as a front end sees it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class KernelProtocolTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private static JsonObject json(String text) {
    return new JsonParser().parse(text.replace('\'', '"')).getAsJsonObject();
  }

  private static List<String> texts(JsonArray array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.getAsString()));
    return texts;
  }

  private JsonObject code(String code) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("cursor_pos", code.codePointCount(0, code.length()));
    return content;
  }

  @Test
  void aCellIsEchoedRunAndAnswered() throws Exception {
    Outcome cell = kernel.run("int six = 6;\nsix * 7");
    assertEquals("42", cell.result());
    assertEquals("ok", cell.status());
    assertTrue(cell.reply().has("payload"));
    assertEquals(
        List.of("status", "execute_input", "execute_result", "status"),
        cell.published().stream()
            .map(each -> each.getAsJsonObject("header").get("msg_type").getAsString())
            .toList());
    assertEquals(
        "int six = 6;\nsix * 7", cell.all("execute_input").getFirst().get("code").getAsString());
  }

  @Test
  void eachReplyHasAStatus() throws Exception {
    for (String type : List.of("kernel_info", "comm_info", "history")) {
      JsonObject content = kernel.ask(type + "_request", new JsonObject());
      assertEquals("ok", content.get("status").getAsString(), type);
    }
    for (String type : List.of("complete", "inspect")) {
      assertEquals(
          "ok", kernel.ask(type + "_request", code("St")).get("status").getAsString(), type);
    }
    assertEquals("ok", kernel.askControl("interrupt_request").get("status").getAsString());
    assertEquals("ok", kernel.askControl("kernel_info_request").get("status").getAsString());
  }

  @Test
  void theHeartBeatsWhileACellRuns() throws Exception {
    String cell = kernel.execute("Thread.sleep(60_000)");
    kernel.awaitPublished(cell, each -> KernelClient.is(each, "status"));
    assertTrue(kernel.heartIsBeating());
    kernel.interrupt();
    assertEquals("error", kernel.outcome(cell).status());
  }

  @Test
  void historyIsAnswered() throws Exception {
    kernel.run("String remembered = \"a thing\";");
    kernel.run("remembered");
    JsonObject tail =
        kernel.ask("history_request", json("{'hist_access_type':'tail','n':2,'output':true}"));
    JsonArray last = tail.getAsJsonArray("history").get(1).getAsJsonArray();
    assertEquals("remembered", last.get(2).getAsJsonArray().get(0).getAsString());
    assertEquals("a thing", last.get(2).getAsJsonArray().get(1).getAsString());
    JsonObject found =
        kernel.ask(
            "history_request", json("{'hist_access_type':'search','pattern':'String rem*','n':5}"));
    assertTrue(found.getAsJsonArray("history").size() >= 1, found.toString());
  }

  @Test
  void completenessOfValidIncompleteAndInvalidCodeWithMagics() throws Exception {
    assertEquals(
        "complete", kernel.ask("is_complete_request", code("%tables")).get("status").getAsString());
    assertEquals(
        "complete", kernel.ask("is_complete_request", code("1 + 1")).get("status").getAsString());
    assertEquals(
        "invalid",
        kernel.ask("is_complete_request", code("int x = = 3;")).get("status").getAsString());
    JsonObject incomplete = kernel.ask("is_complete_request", code("for (;;) {"));
    assertEquals("incomplete", incomplete.get("status").getAsString());
    assertEquals("  ", incomplete.get("indent").getAsString());
  }

  @Test
  void completionKnowsMagicsAndCountsCodePoints() throws Exception {
    JsonObject magics = kernel.ask("complete_request", code("int a = 1;\n%wor"));
    assertEquals(List.of("%workers"), texts(magics.getAsJsonArray("matches")));
    assertEquals(11, magics.get("cursor_start").getAsInt());
    JsonObject java =
        kernel.ask("complete_request", code("String s = \"\uD83D\uDE00\";\ns.toLowerC"));
    assertEquals(List.of("toLowerCase("), texts(java.getAsJsonArray("matches")));
    assertEquals(18, java.get("cursor_start").getAsInt());
    assertEquals(26, java.get("cursor_end").getAsInt());
  }

  @Test
  void completionDoesNotWaitForARunningCell() throws Exception {
    String cell = kernel.execute("Thread.sleep(60_000)");
    JsonObject found = kernel.ask("complete_request", code("Mat"));
    assertTrue(texts(found.getAsJsonArray("matches")).contains("Math"), found.toString());
    assertFalse(kernel.hasReply(cell));
    kernel.interrupt();
    kernel.outcome(cell);
  }

  @Test
  void inspectionFindsWhatTheCursorIsOn() throws Exception {
    JsonObject request = code("Math.max(1, 2);\nint x = 1;");
    request.addProperty("cursor_pos", 6);
    JsonObject found = kernel.ask("inspect_request", request);
    assertTrue(found.get("found").getAsBoolean());
    String text = found.getAsJsonObject("data").get("text/plain").getAsString();
    assertTrue(text.contains("Math.max(int"), text);
    assertTrue(text.contains("Returns the greater"), "Javadoc: " + text);
    assertTrue(text.contains("- a – an argument.\n- b – another argument."), text);
    assertFalse(text.contains("{@code"), text);
    String html = found.getAsJsonObject("data").get("text/html").getAsString();
    assertTrue(html.contains("two <code>int</code> values"), html);
    assertFalse(kernel.ask("inspect_request", code("   ")).get("found").getAsBoolean());
  }

  @Test
  void userExpressionsAreEvaluatedAfterTheCell() throws Exception {
    String id =
        kernel.execute(
            "int asked = 20;", json("{'user_expressions':{'good':'asked + 1','bad':'nothing'}}"));
    JsonObject answers = kernel.outcome(id).reply().getAsJsonObject("user_expressions");
    JsonObject good = answers.getAsJsonObject("good");
    assertEquals("21", good.getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals("ok", good.get("status").getAsString());
    assertEquals("error", answers.getAsJsonObject("bad").get("status").getAsString());
  }

  @Test
  void aResultIsSeenWhileAUserExpressionStillRuns() throws Exception {
    assertEquals(
        "ok",
        kernel
            .run(
                """
                var seen = new java.util.concurrent.CountDownLatch(1);
                int slow() throws Exception {
                  seen.await();
                  return 1;
                }
                """)
            .status());
    String id = kernel.execute("1 + 1", json("{'user_expressions':{'one':'slow()'}}"));
    kernel.awaitPublished(id, each -> KernelClient.is(each, "execute_result"));
    assertFalse(kernel.hasReply(id));
    kernel.interrupt();
    JsonObject answers = kernel.outcome(id).reply().getAsJsonObject("user_expressions");
    assertEquals("error", answers.getAsJsonObject("one").get("status").getAsString());
  }

  @Test
  void cellsThatWaitAreAbortedAfterAnError() throws Exception {
    String running = kernel.execute("Thread.sleep(300); throw new Exception(\"stop here\");");
    String waiting = kernel.execute("int never = 1;");
    assertEquals("error", kernel.outcome(running).status());
    assertEquals("aborted", kernel.outcome(waiting).status());
    assertEquals("error", kernel.run("never").status());
    String tolerant =
        kernel.execute(
            "Thread.sleep(300); throw new Exception();", json("{'stop_on_error':false}"));
    String next = kernel.execute("1 + 2");
    assertEquals("error", kernel.outcome(tolerant).status());
    assertEquals("3", kernel.outcome(next).result());
  }

  @Test
  void aSilentCellLeavesNoTraceAndNoNumber() throws Exception {
    int before = kernel.run("0").reply().get("execution_count").getAsInt();
    Outcome silent = kernel.outcome(kernel.execute("1 + 1", json("{'silent':true}")));
    assertEquals(List.of(), silent.all("execute_input"));
    assertEquals(List.of(), silent.all("execute_result"));
    assertEquals(before + 1, kernel.run("0").reply().get("execution_count").getAsInt());
  }

  @Test
  void anErrorShowsDiagnosticsCausesAndTheCellsLines() throws Exception {
    Outcome refused = kernel.run("int good = 1;\nint wrong = good + missing;");
    assertEquals("error", refused.status());
    assertTrue(refused.traceback().contains("line 2: cannot find symbol"), refused.traceback());
    assertTrue(refused.traceback().contains("^~~~~~~"), refused.traceback());
    assertEquals(1, refused.all("error").size());

    Outcome thrown =
        kernel.run(
            """
            void inner() {
              throw new IllegalArgumentException("inside");
            }
            try {
              inner();
            } catch (RuntimeException e) {
              throw new IllegalStateException("outside", e);
            }\
            """);
    int cell = thrown.reply().get("execution_count").getAsInt();
    assertEquals(
        """
        java.lang.IllegalStateException: outside
            at cell [%1$d]: line 7
               > throw new IllegalStateException("outside", e);
        Caused by: java.lang.IllegalArgumentException: inside
            at inner (cell [%1$d]: line 2)
               > throw new IllegalArgumentException("inside");
            at cell [%1$d]: line 5
        """
            .formatted(cell),
        thrown.traceback());
    assertEquals("outside", thrown.reply().get("evalue").getAsString());
  }

  @Test
  void badMessagesAreIgnoredWithALineInTheLog() throws Exception {
    List<byte[]> forged = FrontEndWire.frames("{'msg_id':'1','msg_type':'execute_request'}", "{}");
    forged.set(1, "0000".getBytes(StandardCharsets.UTF_8));
    kernel.sendFrames(forged);
    kernel.sendFrames(List.of("no message".getBytes(StandardCharsets.UTF_8)));
    kernel.sendFrames(FrontEndWire.frames("not json", "{}"));
    kernel.sendFrames(FrontEndWire.frames("{\"no\":\"type\"}", "{}"));
    kernel.sendFrames(FrontEndWire.frames("{\"msg_id\":\"7\",\"msg_type\":\"fly_request\"}", "{}"));
    assertEquals("2", kernel.run("1 + 1").result());
    kernel.ask("history_request", new JsonObject()); // behind what was ignored
    String log = kernel.terminal();
    assertTrue(log.contains("not signed with this kernel's key"), log);
    assertTrue(log.contains("frames are no message"), log);
    assertTrue(log.contains("no JSON object"), log);
    assertTrue(log.contains("no msg_id"), log);
    assertTrue(log.contains("fly_request"), log);
  }

  @Test
  void aCharacterMayComeInSeveralWrites() throws Exception {
    Outcome cell =
        kernel.run(
            """
            for (byte b : "gr\u00fc\u00df \uD83D\uDE00".getBytes("UTF-8")) {
              System.out.write(b);
              System.out.flush();
              Thread.sleep(20);
            }\
            """);
    assertEquals("gr\u00fc\u00df \uD83D\uDE00", cell.stream("stdout"));
  }

  @Test
  void manySmallPrintsBecomeFewMessagesInOrder() throws Exception {
    Outcome cell =
        kernel.run("for (int i = 0; i < 2000; i++) { System.out.print(i); System.out.println(); }");
    assertEquals(
        Stream.iterate(0, i -> i + 1).limit(2000).map(i -> i + "\n").reduce("", String::concat),
        cell.stream("stdout"));
    assertTrue(cell.all("stream").size() < 50, cell.all("stream").size() + " messages");
    Outcome both =
        kernel.run("System.out.print(1); System.err.print(2); System.out.print(3); display(4); 5");
    assertEquals(
        List.of("1", "2", "3"),
        both.all("stream").stream().map(each -> each.get("text").getAsString()).toList());
  }

  @Test
  void outputCanBeCleared() throws Exception {
    Outcome cell = kernel.run("System.out.print(1); clearOutput(true); System.out.print(2);");
    assertTrue(cell.all("clear_output").getFirst().get("wait").getAsBoolean());
  }

  @Test
  void aDisplayIsUpdatedByAThreadThatOutlivesItsCell() throws Exception {
    String id =
        kernel.execute(
            """
            String shown = display("first");
            Thread late = new Thread(() -> {
              try {
                Thread.sleep(700);
              } catch (InterruptedException e) {
                return;
              }
              updateDisplay(shown, "second");
              System.out.print("from behind");
            });
            late.start();\
            """);
    Outcome cell = kernel.outcome(id);
    String name =
        cell.all("display_data")
            .getFirst()
            .getAsJsonObject("transient")
            .get("display_id")
            .getAsString();
    assertEquals(List.of(), cell.all("update_display_data"));
    kernel.run("int another = 1;");
    JsonObject update =
        kernel.awaitPublished(id, each -> KernelClient.is(each, "update_display_data"));
    JsonObject content = update.getAsJsonObject("content");
    assertEquals("second", content.getAsJsonObject("data").get("text/plain").getAsString());
    assertEquals(name, content.getAsJsonObject("transient").get("display_id").getAsString());
    kernel.awaitPublished(id, each -> KernelClient.is(each, "stream"));
  }

  @Test
  void jsonIsSentAsJson() throws Exception {
    Outcome cell =
        kernel.run(
            """
            var bundle = new io.github.spencerpark.jupyter.kernel.display.DisplayData("text");
            bundle.putJSON("{\\"a\\": [1, 2]}");
            bundle\
            """);
    JsonElement data =
        cell.all("execute_result").getFirst().getAsJsonObject("data").get("application/json");
    assertEquals(json("{'a':[1,2]}"), data);
  }

  @Test
  void aTrailingDisplayIsShownOnceAndItsNameIsNoResult() throws Exception {
    Outcome cell = kernel.run("display(\"look\")");
    assertEquals(
        "look",
        cell.all("display_data")
            .getFirst()
            .getAsJsonObject("data")
            .get("text/plain")
            .getAsString());
    assertEquals(List.of(), cell.all("execute_result"));
  }

  @Test
  void aCellCanAskForALine() throws Exception {
    String cell =
        kernel.execute(
            "new Scanner(System.in).nextLine().toUpperCase()", json("{'allow_stdin':true}"));
    JsonObject question = kernel.awaitQuestionAndAnswer("my gr\u00fc\u00df");
    assertTrue(KernelClient.is(question, "input_request"));
    assertEquals("MY GR\u00dcSS", kernel.outcome(cell).result());
    Outcome refused = kernel.run("System.in.read()");
    assertTrue(refused.traceback().contains("cannot be asked for input"), refused.traceback());
  }

  @Test
  void nothingButIgnoredMessagesIsWrittenToTheTerminal() throws Exception {
    List<String> lines =
        kernel
            .terminal()
            .lines()
            .filter(line -> !line.contains("trestle kernel: ignored"))
            .toList();
    assertEquals(List.of(), lines);
  }
}
