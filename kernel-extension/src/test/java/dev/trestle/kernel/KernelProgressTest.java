package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls of workers as a front end sees them while their cell runs. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelProgressTest {
  private static final Pattern FIGURES = Pattern.compile("([0-9]+) of ([0-9]+) tasks");

  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
    assertEquals("ok", kernel.run("%workers 2").status());
    kernel.run("workers().map(List.of(1, 2, 3, 4), i -> i)"); // the workers are warm
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private static String text(JsonObject content) {
    return content.getAsJsonObject("data").get("text/plain").getAsString();
  }

  private static String id(JsonObject content) {
    return content.getAsJsonObject("transient").get("display_id").getAsString();
  }

  private static int done(JsonObject content) {
    Matcher figures = FIGURES.matcher(text(content));
    return figures.find() ? Integer.parseInt(figures.group(1)) : -1;
  }

  private static boolean isBetween(JsonObject message) {
    if (!KernelClient.is(message, "update_display_data")) {
      return false;
    }
    int done = done(message.getAsJsonObject("content"));
    return done > 0 && done < 30;
  }

  @Test
  void valuesBetweenNothingAndAllAreSeenWhileTheCellRuns() throws Exception {
    String id =
        kernel.execute(
            "workers().map(IntStream.range(0, 30).boxed().toList(), i -> { Thread.sleep(150); return i; }).size()");
    kernel.awaitPublished(id, KernelProgressTest::isBetween);
    assertFalse(kernel.hasReply(id), "the cell has ended already");
    Outcome cell = kernel.outcome(id);
    assertEquals("30", cell.result());
    JsonObject shown = cell.all("display_data").getFirst();
    List<JsonObject> updates = cell.all("update_display_data");
    assertEquals(1, cell.all("display_data").size());
    updates.forEach(update -> assertEquals(id(shown), id(update)));
    JsonObject last = updates.getLast();
    assertTrue(text(last).contains("30 of 30 tasks in "), text(last));
    Fragment html = Fragment.of(last.getAsJsonObject("data").get("text/html").getAsString());
    assertTrue(html.texts("text").containsAll(List.of("100%", "worker 1", "worker 2")));
  }

  @Test
  void theLastPictureIsThereBeforeTheCellIsAnswered() throws Exception {
    Outcome cell =
        kernel.run(
            "workers().map(List.of(300, 300, 300, 300), i -> { Thread.sleep(i); return i; });");
    List<JsonObject> published = cell.published();
    assertTrue(
        published.stream()
            .anyMatch(each ->
                !KernelClient.is(each, "status") && each.toString().contains("4 of 4 tasks in ")),
        published.toString());
    assertTrue(KernelClient.isIdle(published.getLast()));
  }

  @Test
  void aCallThatFailsAtOnceIsShown() throws Exception {
    Outcome cell = kernel.run("workers().map(List.of(1, 0), i -> 10 / i)");
    assertEquals("error", cell.status());
    assertEquals(1, cell.all("display_data").size());
    String published = cell.published().toString();
    assertTrue(published.contains("failed after"), published);
  }

  @Test
  void anInterruptedCallSaysHowFarItCame() throws Exception {
    String id =
        kernel.execute(
            "workers().map(IntStream.range(0, 30).boxed().toList(), i -> { Thread.sleep(400); return i; });");
    kernel.awaitPublished(id, KernelProgressTest::isBetween);
    kernel.interrupt();
    Outcome cell = kernel.outcome(id);
    assertEquals("error", cell.status());
    String last = text(cell.all("update_display_data").getLast());
    assertTrue(last.contains("stopped after "), last);
  }
}
