package dev.trestle.namespace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Values as bytes: a letter, then what it stands for.
 *
 * <p>Text, numbers, booleans and bytes have a form of their own; the rest is Java's serialization,
 * limited to {@link ValueClasses} both ways.
 */
public final class ValueCodec {
  /** The most bytes of an encoded value. */
  public static final int LARGEST = 64 << 10; // 64 KiB

  private static final byte TEXT = 's';
  private static final byte INT = 'i';
  private static final byte LONG = 'l';
  private static final byte DOUBLE = 'd';
  private static final byte BOOLEAN = 'z';
  private static final byte BYTES = 'b';
  private static final byte OBJECT = 'o';

  private final ValueClasses classes;

  /**
   * A codec.
   *
   * @param others what may be part of a value besides the usual: handles, which find what they
   *     stand for when they are read
   */
  public ValueCodec(Predicate<Class<?>> others) {
    this.classes = new ValueClasses(others);
  }

  /**
   * Encodes a value.
   *
   * @param name of the entry, for messages
   * @throws NamespaceException if it is too large or made of something that is no value
   */
  public byte[] encode(String name, Object value) {
    byte[] bytes =
        switch (value) {
          case String text -> tagged(TEXT, text.getBytes(StandardCharsets.UTF_8));
          case Integer number ->
              tagged(INT, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
          case Long number -> encode(number.longValue());
          case Double number ->
              tagged(DOUBLE, ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
          case Boolean flag -> new byte[] {BOOLEAN, (byte) (flag ? 1 : 0)};
          case byte[] content when content.length < LARGEST -> tagged(BYTES, content);
          case byte[] content -> throw tooLarge(name, content.length + 1L);
          default -> serialized(name, value);
        };
    if (bytes.length > LARGEST) {
      throw tooLarge(name, bytes.length);
    }
    return bytes;
  }

  static byte[] encode(long number) {
    return tagged(LONG, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  static long decodeLong(String name, byte[] bytes) {
    if (bytes.length != 1 + Long.BYTES || bytes[0] != LONG) {
      throw new NamespaceException(
          "'%s' is no counter: counters and values have their names in common, and a counter is a"
                  .formatted(name)
              + " long");
    }
    return ByteBuffer.wrap(bytes).getLong(1);
  }

  /**
   * The number that an entry of {@link Entries#add} has.
   *
   * @throws NamespaceException if it is something else
   */
  public static long number(Key key, byte[] bytes) {
    return decodeLong(key.name(), bytes);
  }

  /**
   * Decodes a value.
   *
   * @param name of the entry, for messages
   * @throws NamespaceException if it has a class that is not known here, or is no value
   */
  public Object decode(String name, byte[] bytes) {
    if (bytes.length == 0) {
      throw new NamespaceException(
          "'" + name + "' has no bytes: it was not written by this library");
    }
    ByteBuffer content = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    return switch (bytes[0]) {
      case TEXT -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
      case INT -> content.getInt();
      case LONG -> content.getLong();
      case DOUBLE -> content.getDouble();
      case BOOLEAN -> content.get() != 0;
      case BYTES -> Arrays.copyOfRange(bytes, 1, bytes.length);
      case OBJECT -> deserialized(name, bytes);
      default ->
          throw new NamespaceException("'%s' has an unknown form (%d)".formatted(name, bytes[0]));
    };
  }

  private byte[] serialized(String name, Object value) {
    var bytes = new BoundedBytes();
    bytes.write(OBJECT);
    try (var out = new CheckedOutput(bytes)) {
      out.writeObject(value);
    } catch (InvalidClassException | NotSerializableException e) {
      throw new NamespaceException(
          ("'%s' cannot be a %s (because of %s): a value is text, a number, a boolean, bytes, a date or"
                  + " time, or a serializable record, enum, list, set or map of such. Share tables, and"
                  + " put the SharedTable")
              .formatted(name, value.getClass().getName(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new NamespaceException("'" + name + "' cannot be written as bytes: " + e, e);
    }
    if (bytes.total > LARGEST) {
      throw tooLarge(name, bytes.total);
    }
    return bytes.toByteArray();
  }

  private Object deserialized(String name, byte[] bytes) {
    var content = new ByteArrayInputStream(bytes, 1, bytes.length - 1);
    try (var in = new CheckedInput(content)) {
      in.setObjectInputFilter(classes);
      return Objects.requireNonNull(in.readObject());
    } catch (ClassNotFoundException e) {
      throw new NamespaceException(
          "'%s' has a value of class %s, which is not known in this process"
              .formatted(name, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new NamespaceException("'" + name + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] tagged(byte tag, byte[] content) {
    byte[] bytes = new byte[1 + content.length];
    bytes[0] = tag;
    System.arraycopy(content, 0, bytes, 1, content.length);
    return bytes;
  }

  private static NamespaceException tooLarge(String name, long size) {
    return new NamespaceException(
        ("'%s' takes %,d bytes, and a value of the namespace takes %,d at most. Share big tables, and"
                + " put the SharedTable: then the value is a reference")
            .formatted(name, size, LARGEST));
  }

  /** Counts all and keeps what a value may have: an object of any size says how large it is. */
  private static final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long total;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      total += length;
      if (total <= LARGEST) {
        kept.write(bytes, from, length);
      }
    }

    byte[] toByteArray() {
      return kept.toByteArray();
    }
  }

  /** Refuses on the way in what would be refused on the way out. */
  private final class CheckedOutput extends ObjectOutputStream {
    CheckedOutput(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
      if (!classes.allow(type)) {
        throw new NotSerializableException(type.getName());
      }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
      throw new NotSerializableException(type.getName());
    }
  }

  /** Finds a notebook's classes by the loaders of the code that asks for the value. */
  private static final class CheckedInput extends ObjectInputStream {
    CheckedInput(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return super.resolveClass(type);
      } catch (ClassNotFoundException e) {
        for (ClassLoader loader : callers()) {
          try {
            return Class.forName(type.getName(), false, loader);
          } catch (ClassNotFoundException unknown) {
            // perhaps the next caller's
          }
        }
        throw e;
      }
    }

    private static List<ClassLoader> callers() {
      return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
          .walk(frames ->
              frames
                  .map(frame -> frame.getDeclaringClass().getClassLoader())
                  .filter(Objects::nonNull)
                  .distinct()
                  .toList());
    }
  }
}
