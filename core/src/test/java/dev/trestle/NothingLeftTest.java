package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NothingLeftTest {
  @Test
  void aProcessWhoseParentHasEndedIsFound() throws Exception {
    String value = UUID.randomUUID().toString();
    var builder = new ProcessBuilder("sh", "-c", "sleep 60 >&- & echo $!");
    builder.environment().put("TRESTLE_TEST", value);
    Process parent = builder.start();
    long orphan = Long.parseLong(parent.inputReader().readLine());
    try {
      parent.waitFor();
      // until the shell's child has become sleep, its command line is still the shell's
      var expected = List.of(orphan + " sleep 60");
      NothingLeft.await(() -> NothingLeft.processesWith("TRESTLE_TEST", value).equals(expected));
      assertEquals(expected, NothingLeft.processesWith("TRESTLE_TEST", value));
    } finally {
      assertTrue(ProcessHandle.of(orphan).orElseThrow().destroy());
    }
    NothingLeft.await(() -> NothingLeft.processesWith("TRESTLE_TEST", value).isEmpty());
    assertEquals(List.of(), NothingLeft.processesWith("TRESTLE_TEST", value));
  }
}
