package dev.trestle.compression;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What {@link RelinkedClasses} put in the place of {@code sun.misc.Unsafe}: the same methods, for
 * byte arrays only, with every access checked. Public for them alone.
 *
 * <p>The first parameter was the receiver. An address is an index, as arrays begin at 0 here.
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
    return (short) SHORT.get((byte[]) array, Math.toIntExact(at));
  }

  public static int getInt(Object unsafe, Object array, long at) {
    return (int) INT.get((byte[]) array, Math.toIntExact(at));
  }

  public static long getLong(Object unsafe, Object array, long at) {
    return (long) LONG.get((byte[]) array, Math.toIntExact(at));
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
}
