package dev.trestle.compression;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What {@link RelinkedClasses} put in the place of {@code sun.misc.Unsafe}: the same methods, for
 * byte arrays only, with every access checked. Public for them alone.
 *
 * <p>The first parameter was the receiver. An address is an index, as arrays begin at 0 here. The
 * decoder reads some words a few bytes past the end of its input and masks those bytes out: they
 * are zero here. Nothing is written past an end.
 */
public final class ArrayAccess {
  /** Where the bytes of an array begin. */
  public static final int ARRAY_BYTE_BASE_OFFSET = 0;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private ArrayAccess() {}

  public static byte getByte(Object unsafe, Object array, long at) {
    return ((byte[]) array)[Math.toIntExact(at)];
  }

  public static short getShort(Object unsafe, Object array, long at) {
    byte[] bytes = (byte[]) array;
    return at > bytes.length - Short.BYTES
        ? (short) pastEnd(bytes, at)
        : (short) SHORT.get(bytes, Math.toIntExact(at));
  }

  public static int getInt(Object unsafe, Object array, long at) {
    byte[] bytes = (byte[]) array;
    return at > bytes.length - Integer.BYTES
        ? (int) pastEnd(bytes, at)
        : (int) INT.get(bytes, Math.toIntExact(at));
  }

  public static long getLong(Object unsafe, Object array, long at) {
    byte[] bytes = (byte[]) array;
    return at > bytes.length - Long.BYTES
        ? pastEnd(bytes, at)
        : (long) LONG.get(bytes, Math.toIntExact(at));
  }

  public static void putByte(Object unsafe, Object array, long at, byte value) {
    ((byte[]) array)[Math.toIntExact(at)] = value;
  }

  public static void putShort(Object unsafe, Object array, long at, short value) {
    SHORT.set((byte[]) array, Math.toIntExact(at), value);
  }

  public static void putInt(Object unsafe, Object array, long at, int value) {
    INT.set((byte[]) array, Math.toIntExact(at), value);
  }

  public static void putLong(Object unsafe, Object array, long at, long value) {
    LONG.set((byte[]) array, Math.toIntExact(at), value);
  }

  public static void copyMemory(
      Object unsafe, Object from, long fromAt, Object to, long toAt, long length) {
    System.arraycopy(
        from, Math.toIntExact(fromAt), to, Math.toIntExact(toAt), Math.toIntExact(length));
  }

  private static long pastEnd(byte[] bytes, long at) {
    long word = 0;
    for (int i = bytes.length - 1; i >= Math.toIntExact(at); i--) {
      word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return word;
  }
}
