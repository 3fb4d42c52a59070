package dev.trestle.closure;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second pass: writes the values that a {@link Survey} has seen.
 *
 * <p>Order: variables with constant values, the {@link PlainShape} objects, the other variables,
 * the root. Constants come first since constructors and static initialisers that run in the worker
 * while it reads may use them.
 */
final class GraphWriter extends ObjectOutputStream {

  /** A variable with the value to send. */
  record Setting(Variable variable, @Nullable Object value) {
    boolean isConstant() {
      return value == null
          || value instanceof String
          || value instanceof Number
          || value instanceof Boolean
          || value instanceof Character;
    }
  }

  private final Outgoing outgoing;
  private final IdentityHashMap<Object, Integer> ids = new IdentityHashMap<>();
  private final Predicate<String> isNotebookType;
  private int complete;

  GraphWriter(OutputStream out, Outgoing outgoing, Predicate<String> isNotebookType)
      throws IOException {
    super(out);
    this.outgoing = outgoing;
    this.isNotebookType = isNotebookType;
    enableReplaceObject(true);
  }

  void writeGraph(List<Object> plainObjects, List<Setting> settings, @Nullable Object root)
      throws IOException {
    for (Object object : plainObjects) {
      ids.put(object, ids.size());
    }
    writeVariables(settings.stream().filter(Setting::isConstant).toList());
    writeInt(plainObjects.size());
    for (Object object : plainObjects) {
      writePlain(object);
      complete++;
    }
    writeVariables(settings.stream().filter(setting -> !setting.isConstant()).toList());
    writeObject(outgoing.held(root));
    flush();
  }

  private void writeVariables(List<Setting> settings) throws IOException {
    writeInt(settings.size());
    for (Setting setting : settings) {
      Field field = setting.variable().field();
      writeUTF(field.getDeclaringClass().getName());
      writeUTF(field.getName());
      writeObject(outgoing.held(setting.value()));
    }
  }

  private void writePlain(Object object) throws IOException {
    PlainShape shape = PlainShape.of(object.getClass());
    writeObject(shape.type());
    for (Field field : shape.fields()) {
      writeObject(outgoing.held(shape.get(field, object)));
    }
  }

  @Override
  protected Object replaceObject(Object original) {
    Object object = outgoing.of(original);
    if (object instanceof SerializedLambda lambda
        && isNotebookType.test(lambda.getCapturingClass().replace('/', '.'))) {
      return SentLambda.of(lambda);
    }
    Class<?> type = object.getClass();
    if (!PlainShape.suits(type)) {
      return object;
    }
    Integer id = ids.get(object);
    if (id == null) {
      throw new CaptureException(
          "a %s was changed by another thread while it was being sent"
              .formatted(NotebookClass.displayName(type)));
    }
    if (type.isRecord() && id >= complete) {
      throw new CaptureException(
          ("record %s leads back to itself and so cannot be sent; make it a class, or leave one of"
                  + " the references out")
              .formatted(NotebookClass.displayName(type)));
    }
    return new Ref(id, type);
  }
}
