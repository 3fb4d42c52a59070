package dev.trestle.closure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of lambdas, records, numbers and text, as most tasks are. Others are left to a
 * {@link GraphWriter}, also those in which one object is held by several.
 *
 * <p>The first serialization stream that a JVM reads makes the JDK look into all jars of the class
 * path for a logger, and make method handles for each type of record: 60 of the 150 ms from a
 * worker's start to its first result.
 */
final class BriefWriter {
  static final byte NULL = 0;
  static final byte TEXT = 1;
  static final byte TRUE = 2;
  static final byte FALSE = 3;
  static final byte INT = 4;
  static final byte LONG = 5;
  static final byte DOUBLE = 6;
  static final byte FLOAT = 7;
  static final byte SHORT = 8;
  static final byte BYTE = 9;
  static final byte CHAR = 10;
  static final byte RECORD = 11;

  /** Made again by the method that javac adds to its class. */
  static final byte COMPILED_LAMBDA = 12;

  /** Made again by {@link LambdaSite#make}. */
  static final byte NOTEBOOK_LAMBDA = 13;

  /** In characters; in bytes a text may have 64 KiB. */
  private static final int LONGEST_TEXT = 0xffff / 3;

  private final Outgoing outgoing;
  private final Predicate<String> isNotebookType;
  private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  BriefWriter(Outgoing outgoing, Predicate<String> isNotebookType) {
    this.outgoing = outgoing;
    this.isNotebookType = isNotebookType;
  }

  /**
   * Writes variables and the root.
   *
   * @return null if there is something that cannot be written in this way
   */
  byte @Nullable [] write(List<GraphWriter.Setting> settings, @Nullable Object root)
      throws IOException {
    out.writeInt(settings.size());
    for (GraphWriter.Setting setting : settings) {
      Field field = setting.variable().field();
      out.writeUTF(field.getDeclaringClass().getName());
      out.writeUTF(field.getName());
      if (!setting.isConstant() || !put(setting.value())) {
        return null;
      }
    }
    return put(root) ? bytes.toByteArray() : null;
  }

  private boolean put(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case String text when text.length() <= LONGEST_TEXT -> {
        out.writeByte(TEXT);
        out.writeUTF(text);
      }
      case Boolean b -> out.writeByte(b ? TRUE : FALSE);
      case Integer i -> {
        out.writeByte(INT);
        out.writeInt(i);
      }
      case Long l -> {
        out.writeByte(LONG);
        out.writeLong(l);
      }
      case Double d -> {
        out.writeByte(DOUBLE);
        out.writeLong(Double.doubleToRawLongBits(d));
      }
      case Float f -> {
        out.writeByte(FLOAT);
        out.writeInt(Float.floatToRawIntBits(f));
      }
      case Short s -> {
        out.writeByte(SHORT);
        out.writeShort(s);
      }
      case Byte b -> {
        out.writeByte(BYTE);
        out.writeByte(b);
      }
      case Character c -> {
        out.writeByte(CHAR);
        out.writeChar(c);
      }
      default -> {
        return met.add(value) && putObject(value);
      }
    }
    return true;
  }

  /** In the order of Java serialization: the object's own word first, then ours. */
  @SuppressWarnings("ReferenceEquality") // the same object back means: leave it
  private boolean putObject(Object original) throws IOException {
    BriefShape shape = BriefShape.of(original.getClass());
    Object own =
        shape.writeReplace() == null ? original : BriefShape.call(shape.writeReplace(), original);
    if (own == null || (own != original && BriefShape.of(own.getClass()).writeReplace() != null)) {
      return false;
    }
    Object object = outgoing.of(own);
    if (object instanceof SerializedLambda lambda) {
      return putLambda(lambda);
    }
    BriefShape last = BriefShape.of(object.getClass());
    return last.isRecord() && putRecord(last, object);
  }

  private boolean putRecord(BriefShape shape, Object object) throws IOException {
    out.writeByte(RECORD);
    out.writeUTF(object.getClass().getName());
    for (Field field : shape.fields()) {
      try {
        if (!put(field.get(object))) {
          return false;
        }
      } catch (IllegalAccessException e) {
        throw new CaptureException("%s cannot be read".formatted(field), e);
      }
    }
    return true;
  }

  private boolean putLambda(SerializedLambda lambda) throws IOException {
    boolean isOfNotebook = isNotebookType.test(lambda.getCapturingClass().replace('/', '.'));
    out.writeByte(isOfNotebook ? NOTEBOOK_LAMBDA : COMPILED_LAMBDA);
    out.writeUTF(lambda.getCapturingClass());
    out.writeUTF(lambda.getFunctionalInterfaceClass());
    out.writeUTF(lambda.getFunctionalInterfaceMethodName());
    out.writeUTF(lambda.getFunctionalInterfaceMethodSignature());
    out.writeInt(lambda.getImplMethodKind());
    out.writeUTF(lambda.getImplClass());
    out.writeUTF(lambda.getImplMethodName());
    out.writeUTF(lambda.getImplMethodSignature());
    out.writeUTF(lambda.getInstantiatedMethodType());
    out.writeInt(lambda.getCapturedArgCount());
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      if (!put(lambda.getCapturedArg(i))) {
        return false;
      }
    }
    return true;
  }
}
