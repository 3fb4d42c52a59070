package dev.trestle.worker;

import dev.trestle.closure.ClosureDecoder;
import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.StandIns;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a result, or what was thrown in its place, lies in a message. */
final class Reply {
  private static final int OK = 0;
  private static final int THROWN = 1;

  /** Several values, each as if it came alone: those of a row need no serialization. */
  private static final int SEVERAL = 2;

  private Reply() {}

  /** Whether the reply that follows is a result; else it is a throwable. */
  static boolean isResult(ByteBuffer reply) {
    return reply.get() != THROWN;
  }

  static void put(@Nullable Object result, StandIns outgoing, ClosureDecoder decoder, Packet out) {
    out.putByte(OK);
    putValue(result, outgoing, decoder, out);
  }

  private static void putValue(
      @Nullable Object value, StandIns outgoing, ClosureDecoder decoder, Packet out) {
    if (!Scalar.put(value, out)) {
      out.putByte(Scalar.ENCODED).putBytes(decoder.encodeResult(value, outgoing));
    }
  }

  static void putEach(
      @Nullable Object[] values, StandIns outgoing, ClosureDecoder decoder, Packet out) {
    out.putByte(SEVERAL).putInt(values.length);
    for (Object value : values) {
      putValue(value, outgoing, decoder, out);
    }
  }

  static void putThrown(Throwable thrown, ClosureDecoder decoder, Packet out) {
    out.putByte(THROWN).putByte(Scalar.ENCODED).putBytes(encode(thrown, decoder));
  }

  private static byte[] encode(Throwable thrown, ClosureDecoder decoder) {
    try {
      return decoder.encodeResult(thrown);
    } catch (RuntimeException | StackOverflowError e) {
      return decoder.encodeResult(RemoteThrowable.like(thrown));
    }
  }

  /** Reads a whole reply: what was thrown is thrown. */
  static @Nullable Object read(ByteBuffer in, ClosureEncoder encoder) throws Throwable {
    return switch (in.get()) {
      case OK -> value(in, encoder);
      case SEVERAL -> values(in, encoder);
      default -> throw (Throwable) Objects.requireNonNull(value(in, encoder));
    };
  }

  private static @Nullable Object[] values(ByteBuffer in, ClosureEncoder encoder) {
    @Nullable Object[] values = new @Nullable Object[in.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(in, encoder);
    }
    return values;
  }

  private static @Nullable Object value(ByteBuffer in, ClosureEncoder encoder) {
    byte tag = in.get();
    return tag == Scalar.ENCODED ? encoder.decodeResult(Scalar.bytes(in)) : Scalar.read(tag, in);
  }
}
