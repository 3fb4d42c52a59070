package dev.trestle.compression;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Zstandard, decoded by aircompressor.
 *
 * <p>Its decoder in Java reads byte arrays through {@code sun.misc.Unsafe}: the JVM prints a
 * warning at the first use (JEP 498), and a damaged stream that found a gap in its checks would
 * bring the JVM down. Its native decoder needs a flag ({@code --enable-native-access}) or prints a
 * warning, too. So its classes are defined once more here, with those accesses relinked to checked
 * ones.
 */
public final class Zstandard {
  private static final MethodHandle STREAM = stream();

  private Zstandard() {}

  /**
   * The plain bytes of Zstandard frames, one after the other.
   *
   * <p>Damaged bytes end in an {@link java.io.IOException} or a {@link RuntimeException} while the
   * stream is read.
   */
  public static InputStream open(InputStream compressed) {
    try {
      return (InputStream) STREAM.invokeExact(compressed);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot decode Zstandard", e);
    }
  }

  private static MethodHandle stream() {
    try {
      Class<?> decoder =
          new RelinkedClasses(Zstandard.class.getClassLoader())
              .loadClass("io.airlift.compress.v3.zstd.ZstdInputStream");
      return MethodHandles.publicLookup()
          .findConstructor(decoder, MethodType.methodType(void.class, InputStream.class))
          .asType(MethodType.methodType(InputStream.class, InputStream.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this aircompressor has no Zstandard decoder in Java", e);
    }
  }
}
