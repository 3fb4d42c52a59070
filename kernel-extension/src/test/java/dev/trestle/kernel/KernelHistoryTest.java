package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of one session, asked for in another. */
@Tag("slow")
class KernelHistoryTest {
  private static List<String> history(KernelClient kernel, String request) throws Exception {
    JsonObject content = new JsonParser().parse(request.replace('\'', '"')).getAsJsonObject();
    JsonArray found = kernel.ask("history_request", content).getAsJsonArray("history");
    List<String> cells = new ArrayList<>();
    for (JsonElement each : found) {
      JsonArray entry = each.getAsJsonArray();
      cells.add(
          "%d/%d %s"
              .formatted(
                  entry.get(0).getAsInt(), entry.get(1).getAsInt(), entry.get(2).getAsString()));
    }
    return cells;
  }

  @Test
  void theCellsOfEarlierSessionsAreAnsweredByTheirSessionsNumber(@TempDir Path folder)
      throws Exception {
    try (KernelClient first = KernelClient.start(folder)) {
      first.run("int a = 1;");
      first.run("a +\n 1");
    }
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, Files.readString(file) + "{\"session\":1,\"li"); // a kernel was killed
    try (KernelClient second = KernelClient.start(folder)) {
      second.run("int b = 2;");
      assertEquals(
          List.of("1/2 a +\n 1", "2/1 int b = 2;"),
          history(second, "{'hist_access_type':'tail','n':2}"));
      assertEquals(
          List.of("1/1 int a = 1;"),
          history(second, "{'hist_access_type':'range','session':-1,'start':1,'stop':2}"));
      assertEquals(
          List.of("2/1 int b = 2;"), history(second, "{'hist_access_type':'range','session':0}"));
      assertEquals(
          List.of("1/1 int a = 1;"),
          history(second, "{'hist_access_type':'search','pattern':'int a*'}"));
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
