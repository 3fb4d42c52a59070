package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Task;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages that are no serialization streams: of lambdas, records, numbers and text. */
class BriefMessageTest {
  private final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  private final ClosureDecoder decoder =
      new ClosureDecoder(BriefMessageTest.class.getClassLoader());

  private record Pair(Object first, Object second) implements Serializable {}

  private record Small(short s, byte b, float f, char c, boolean yes) implements Serializable {}

  /** Travels as a number, and is asked before it is written and after. */
  private static final class Meter implements Serializable {
    final int centimetres;

    Meter(int centimetres) {
      this.centimetres = centimetres;
    }

    private Object writeReplace() {
      return new Centimetres(centimetres);
    }
  }

  private record Centimetres(int count) implements Serializable {
    private Object readResolve() {
      if (count < 0) {
        throw new IllegalStateException("less than nothing");
      }
      return new Meter(count);
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T copy(T value) {
    Message message = encoder.encodeArgument(value);
    return (T) decoder.decodeArgument(message.bytes());
  }

  private boolean isBrief(Object value) {
    byte[] bytes = encoder.encodeArgument(value).bytes();
    Shipment shipment = Shipment.parse(bytes);
    return bytes[shipment.start()] == Shipment.BRIEF;
  }

  private void assertCopiedBriefly(Object value) {
    assertTrue(isBrief(value), () -> value + " is in a serialization stream");
    assertEquals(value, copy(value));
  }

  @Test
  void numbersAndTextAreCopied() {
    assertCopiedBriefly(new Pair(1, Long.MIN_VALUE));
    assertCopiedBriefly(new Pair(Double.NaN, -0.0));
    assertCopiedBriefly(new Pair("", "\ud800 alone, \u0000, \u20ac"));
    assertCopiedBriefly(new Small((short) -1, (byte) -2, Float.MIN_VALUE, '\uffff', true));
    assertCopiedBriefly(new Pair(false, null));
  }

  @Test
  void aLambdaIsCopiedWithWhatItHolds() {
    int plus = 3;
    String unit = "m";
    Task<Integer, String> task = x -> x + plus + unit;
    Task<Integer, String> around = x -> "[" + task.apply(x) + "]";
    assertTrue(isBrief(around));
    assertEquals("[7m]", assertRuns(copy(around), 4));
  }

  private static <T, R> R assertRuns(Task<T, R> task, T argument) {
    try {
      return task.apply(argument);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatTravelsInAnObjectsPlaceIsAskedForAndUnderstood() {
    Pair pair = new Pair(new Meter(150), Optional.of(Path.of("/a")));
    assertTrue(isBrief(pair));
    Pair back = copy(pair);
    assertEquals(150, ((Meter) back.first()).centimetres);
    assertEquals(pair.second(), back.second());
  }

  @Test
  void whatAnObjectThrowsWhenItIsReadIsThrown() {
    byte[] message = encoder.encodeArgument(new Meter(-1)).bytes();
    var thrown = assertThrows(IllegalStateException.class, () -> decoder.decodeArgument(message));
    assertEquals("less than nothing", thrown.getMessage());
  }

  @Test
  void anObjectThatIsHeldTwiceIsOneObjectThere() {
    Pair inner = new Pair(1, 2);
    Pair pair = new Pair(inner, inner);
    assertFalse(isBrief(pair));
    Pair back = copy(pair);
    assertSame(back.first(), back.second());
  }

  @Test
  void otherObjectsTravelAsBefore() {
    assertFalse(isBrief(new Pair(new ArrayList<>(Arrays.asList(1, 2)), "x".repeat(100_000))));
    assertEquals(
        new Pair(List.of(1), "x".repeat(100_000)), copy(new Pair(List.of(1), "x".repeat(100_000))));
  }

  /** A message that no writer has made. */
  private interface Forgery {
    void write(DataOutputStream out) throws IOException;
  }

  private void assertRefused(String why, Forgery forgery) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Shipment.begin(bytes, List.of());
    bytes.write(Shipment.BRIEF);
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(0); // variables
      forgery.write(out);
    }
    var refused =
        assertThrows(CaptureException.class, () -> decoder.decodeArgument(bytes.toByteArray()));
    assertContains(why, refused.getMessage());
  }

  @Test
  void onlyRecordsThatSerializationWouldReadAreMade() throws IOException {
    assertRefused(
        "java.lang.ProcessBuilder",
        out -> {
          out.writeByte(BriefWriter.RECORD);
          out.writeUTF("java.lang.ProcessBuilder");
        });
  }

  @Test
  void bytesThatMeanNothingAreRefused() throws IOException {
    assertRefused("unknown tag 99", out -> out.writeByte(99));
    assertRefused("cannot be read", out -> out.writeByte(BriefWriter.LONG));
    assertRefused(
        "no.such.Thing",
        out -> {
          out.writeByte(BriefWriter.RECORD);
          out.writeUTF("no.such.Thing");
        });
  }

  @Test
  void aLambdaHoldsNoMoreThanItsMessage() throws IOException {
    assertRefused(
        "1,000,000 captured values",
        out -> {
          out.writeByte(BriefWriter.COMPILED_LAMBDA);
          out.writeUTF(BriefMessageTest.class.getName());
          for (int i = 0; i < 3; i++) {
            out.writeUTF("");
          }
          out.writeInt(6);
          for (int i = 0; i < 4; i++) {
            out.writeUTF("");
          }
          out.writeInt(1_000_000);
        });
  }
}
