package dev.trestle.closure;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The first pass over object graphs: notices what they hold, and writes nothing.
 *
 * <p>It is a serialization stream into the void. That visits each object once, the way it would
 * travel, and ends at the first one that cannot. Since nobody reads the bytes, values may be
 * written in the middle of other objects: so what a lambda captured, and the fields of {@link
 * PlainShape} objects, are visited under their names.
 */
final class Survey extends ObjectOutputStream {

  private static final String LEAF = "";

  /** What a primitive in a field takes, boxed: a reference to its class, and the value. */
  private static final int PRIMITIVE_BYTES = 10;

  private final Outgoing outgoing;
  private final Holders holders;
  private final Set<Object> started = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> captured = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Object> plainObjects = new ArrayList<>();
  private Set<Class<?>> types = new HashSet<>();
  private Set<LambdaSite> lambdas = new HashSet<>();
  private final Set<String> notebookTypes = new HashSet<>();

  Survey(Outgoing outgoing, Holders holders) throws IOException {
    super(holders.meter());
    this.outgoing = outgoing;
    this.holders = holders;
    enableReplaceObject(true);
  }

  /** Visits a value and all that hangs on it. */
  void visit(Holder holder) {
    holders.enter(holder);
    outgoing.meet(holder.value());
    try {
      writeObject(outgoing.held(holder.value()));
      if (!(holder instanceof Holder.OfField)) {
        flush();
      }
    } catch (NotSerializableException e) {
      throw new CaptureException(holders.explain(e.getMessage() + " is not serialisable"), e);
    } catch (IOException e) {
      throw new CaptureException(holders.explain(String.valueOf(e.getMessage())), e);
    }
    holders.leave();
  }

  /**
   * The objects that travel as {@link PlainShape}, each after all those that it leads to (except in
   * a cycle): so a hash table is filled with objects that already have their state.
   */
  List<Object> plainObjects() {
    return plainObjects;
  }

  /** Whether a class that was seen is one of a notebook. */
  boolean isNotebookType(String name) {
    return notebookTypes.contains(name);
  }

  /** What was seen since the last call. */
  Seen take() {
    var seen = new Seen(types, lambdas);
    types = new HashSet<>();
    lambdas = new HashSet<>();
    return seen;
  }

  @Override
  protected Object replaceObject(Object original) {
    Object object = outgoing.of(original);
    if (object instanceof SerializedLambda lambda) {
      lambdas.add(LambdaSite.of(lambda));
      visitCaptured(lambda);
    } else if (outgoing.takes(object)) {
      return LEAF;
    } else if (PlainShape.suits(object.getClass())) {
      visitPlain(object);
      return LEAF;
    } else if (!(object instanceof Serializable)) {
      throw holders.cannotTravel(object);
    }
    return object;
  }

  @Override
  protected void annotateClass(Class<?> type) {
    types.add(type);
    if (!type.isArray() && NotebookClass.isNotebook(type)) {
      notebookTypes.add(type.getName());
    }
  }

  @Override
  protected void annotateProxyClass(Class<?> type) {
    Collections.addAll(types, type.getInterfaces());
  }

  private void visitCaptured(SerializedLambda lambda) {
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      Object value = lambda.getCapturedArg(i);
      // A lambda has a new SerializedLambda each time, so a cycle through it shows only here.
      if (value != null && captured.add(value)) {
        visit(new Holder.OfLambda(lambda, i, value));
      }
    }
  }

  private void visitPlain(Object object) {
    if (!started.add(object)) {
      return;
    }
    types.add(object.getClass());
    PlainShape shape = PlainShape.of(object.getClass());
    for (Field field : shape.fields()) {
      if (field.getType().isPrimitive()) {
        holders.grow(PRIMITIVE_BYTES);
      } else {
        visit(new Holder.OfField(field, shape.get(field, object)));
      }
    }
    plainObjects.add(object);
  }
}
