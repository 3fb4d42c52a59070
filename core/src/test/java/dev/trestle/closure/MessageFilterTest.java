package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Streams that no encoder of ours would write, and ordinary ones. */
class MessageFilterTest {
  private final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  private final ClosureDecoder decoder =
      new ClosureDecoder(MessageFilterTest.class.getClassLoader());

  private record Own(String name) implements Serializable {}

  @Test
  void objectsThatStandForRemoteOnesAndBeansAreRefused() throws Exception {
    byte[] message = encoder.encodeArgument(new ObjectName("a:b=c")).bytes();
    var refused = assertThrows(CaptureException.class, () -> decoder.decodeArgument(message));
    assertEquals(
        "what was sent is refused: objects of javax.management.ObjectName are not taken from"
            + " another JVM",
        refused.getMessage());
  }

  @Test
  void theNotebooksSideRefusesThemToo() throws Exception {
    byte[] message = decoder.encodeResult(List.of(new ObjectName("a:b=c")));
    var refused = assertThrows(CaptureException.class, () -> encoder.decodeResult(message));
    assertContains("javax.management.ObjectName", refused.getMessage());
  }

  @Test
  void aFewBytesDoNotMakeAHugeArray() throws Exception {
    byte[] message = encoder.encodeArgument(new long[] {1, 2, 3}).bytes();
    int length = indexOf(message, new byte[] {0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1});
    message[length] = 0x40;
    var refused = assertThrows(CaptureException.class, () -> decoder.decodeArgument(message));
    assertContains("an array of 1,073,741,827 elements does not fit into", refused.getMessage());
  }

  @Test
  void aTowerOfObjectsIsRefused() throws Exception {
    Object tower = new Object[0];
    for (int i = 0; i < 20_000; i++) {
      tower = new Object[] {tower};
    }
    byte[] message = deep(tower);
    var refused = assertThrows(CaptureException.class, () -> decoder.decodeArgument(message));
    assertContains("hang on each other 1,001 deep", refused.getMessage());
  }

  @Test
  void whatPeopleSendPasses() {
    Set<Integer> thin = new HashSet<>(1 << 12, 0.1f);
    thin.add(1);
    Map<String, List<Object>> mixed = new HashMap<>();
    mixed.put("a", Arrays.asList(new Own("x"), new BigDecimal("1.5"), ZonedDateTime.now()));
    mixed.put("b", List.of(TimeZone.getTimeZone("Europe/Oslo"), Calendar.getInstance(), thin));
    mixed.put("c", List.of(new IllegalStateException("why"), new java.awt.Point(1, 2)));
    var back = (Map<?, ?>) decoder.decodeArgument(encoder.encodeArgument(mixed).bytes());
    assertEquals(mixed.get("a"), back.get("a"));
    assertEquals(mixed.get("b"), back.get("b"));
    assertEquals(mixed.get("c").get(1), ((List<?>) back.get("c")).get(1));
  }

  /** Written by a thread with a large stack; with no variables and no notebook objects. */
  private static byte[] deep(Object root) throws InterruptedException {
    var bytes = new ByteArrayOutputStream();
    Shipment.begin(bytes, List.of());
    bytes.write(Shipment.GRAPH);
    Thread writer =
        new Thread(
            null,
            () -> {
              try (var out = new ObjectOutputStream(bytes)) {
                out.writeInt(0);
                out.writeInt(0);
                out.writeInt(0);
                out.writeObject(root);
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            },
            "writer",
            256L << 20);
    writer.start();
    writer.join();
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i <= all.length - part.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
