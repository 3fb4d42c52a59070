package dev.trestle.closure;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link BriefWriter} wrote, with the classes of one loader. */
final class BriefReader {
  private final DataInputStream in;
  private final ClassLoader loader;

  BriefReader(InputStream in, ClassLoader loader) {
    this.in = new DataInputStream(in);
    this.loader = loader;
  }

  /** Sets the variables in the message and returns its root. */
  @Nullable Object read() throws IOException, ClassNotFoundException {
    int variables = in.readInt();
    for (int i = 0; i < variables; i++) {
      Variable.set(in.readUTF(), in.readUTF(), loader, value());
    }
    return value();
  }

  private @Nullable Object value() throws IOException, ClassNotFoundException {
    byte tag = in.readByte();
    return switch (tag) {
      case BriefWriter.NULL -> null;
      case BriefWriter.TEXT -> in.readUTF();
      case BriefWriter.TRUE -> true;
      case BriefWriter.FALSE -> false;
      case BriefWriter.INT -> in.readInt();
      case BriefWriter.LONG -> in.readLong();
      case BriefWriter.DOUBLE -> in.readDouble();
      case BriefWriter.FLOAT -> in.readFloat();
      case BriefWriter.SHORT -> in.readShort();
      case BriefWriter.BYTE -> in.readByte();
      case BriefWriter.CHAR -> in.readChar();
      case BriefWriter.RECORD -> record();
      case BriefWriter.COMPILED_LAMBDA -> compiledLambda();
      case BriefWriter.NOTEBOOK_LAMBDA -> notebookLambda();
      default -> throw new StreamCorruptedException("value of unknown tag " + tag);
    };
  }

  private @Nullable Object record() throws IOException, ClassNotFoundException {
    Class<?> type = Class.forName(in.readUTF(), false, loader);
    BriefShape shape = BriefShape.of(type);
    if (!shape.isRecord()) {
      throw new InvalidClassException(type.getName(), "it is no record that can be sent");
    }
    @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value();
    }
    Object made;
    try {
      made = Objects.requireNonNull(shape.creator()).newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new CaptureException(
          "a copy of a %s cannot be made".formatted(NotebookClass.displayName(type)), e);
    }
    Object resolved =
        shape.readResolve() == null ? made : BriefShape.call(shape.readResolve(), made);
    return resolved instanceof Substitute substitute ? substitute.value() : resolved;
  }

  private @Nullable Object compiledLambda() throws IOException, ClassNotFoundException {
    Class<?> home = Class.forName(in.readUTF().replace('/', '.'), false, loader);
    SerializedLambda lambda = lambda(home);
    Method maker;
    try {
      maker = home.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
      maker.setAccessible(true);
    } catch (NoSuchMethodException | RuntimeException e) {
      throw new CaptureException(
          "class %s of this JVM has other lambdas than the one that was sent"
              .formatted(home.getName()),
          e);
    }
    return BriefShape.call(maker, null, lambda);
  }

  private Object notebookLambda() throws IOException, ClassNotFoundException {
    Class<?> home = Class.forName(in.readUTF().replace('/', '.'), false, loader);
    SentLambda sent = SentLambda.of(lambda(home));
    return sent.site().make(sent.captured(), loader);
  }

  private SerializedLambda lambda(Class<?> home) throws IOException, ClassNotFoundException {
    String type = in.readUTF();
    String method = in.readUTF();
    String signature = in.readUTF();
    int kind = in.readInt();
    String implementation = in.readUTF();
    String implementationMethod = in.readUTF();
    String implementationSignature = in.readUTF();
    String instantiated = in.readUTF();
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new StreamCorruptedException("a lambda with %,d captured values".formatted(count));
    }
    @Nullable Object[] captured = new @Nullable Object[count];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = value();
    }
    return new SerializedLambda(
        home,
        type,
        method,
        signature,
        kind,
        implementation,
        implementationMethod,
        implementationSignature,
        instantiated,
        captured);
  }
}
