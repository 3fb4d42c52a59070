package dev.trestle.closure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link GraphWriter} wrote, with the classes of one loader. */
final class GraphReader extends ObjectInputStream {
  private final ClassLoader loader;
  private final List<@Nullable Object> objects = new ArrayList<>();

  /**
   * @param filter decides what may be read
   */
  GraphReader(InputStream in, ClassLoader loader, MessageFilter filter) throws IOException {
    super(in);
    this.loader = loader;
    setObjectInputFilter(filter);
    enableResolveObject(true);
  }

  /** Sets the variables in the message and returns its root. */
  @Nullable Object readGraph() throws IOException, ClassNotFoundException {
    readVariables();
    int count = readInt();
    for (int i = 0; i < count; i++) {
      readPlain(i);
    }
    readVariables();
    return readObject();
  }

  private void readVariables() throws IOException, ClassNotFoundException {
    int count = readInt();
    for (int i = 0; i < count; i++) {
      Variable.set(readUTF(), readUTF(), loader, readObject());
    }
  }

  private void readPlain(int id) throws IOException, ClassNotFoundException {
    PlainShape shape = PlainShape.of((Class<?>) readObject());
    if (shape.isRecord()) {
      keep(id, shape.create(readValues(shape)));
    } else {
      // Made before its values are read, since they may lead back to it.
      Object object = at(id, shape.type());
      shape.fill(object, readValues(shape));
    }
  }

  private @Nullable Object[] readValues(PlainShape shape)
      throws IOException, ClassNotFoundException {
    @Nullable Object[] values = new @Nullable Object[shape.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readObject();
    }
    return values;
  }

  private Object at(int id, Class<?> type) {
    Object known = id < objects.size() ? objects.get(id) : null;
    if (known == null) {
      known = PlainShape.of(type).create();
      keep(id, known);
    }
    return known;
  }

  private void keep(int id, Object object) {
    while (objects.size() <= id) {
      objects.add(null);
    }
    objects.set(id, object);
  }

  @Override
  protected Object resolveObject(Object object) throws IOException {
    return switch (object) {
      case Ref(int id, Class<?> type) -> at(id, type);
      case Substitute substitute -> substitute.value();
      case SentLambda(LambdaSite site, Object[] captured) -> lambda(site, captured);
      default -> object;
    };
  }

  private Object lambda(LambdaSite site, Object[] captured) throws InvalidClassException {
    try {
      return site.make(captured, loader);
    } catch (ClassNotFoundException e) {
      throw new InvalidClassException(site.home(), "it has a lambda and is not there");
    }
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    try {
      return Class.forName(description.getName(), false, loader);
    } catch (ClassNotFoundException e) {
      return super.resolveClass(description); // primitives
    }
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces)
      throws IOException, ClassNotFoundException {
    Class<?>[] types = new Class<?>[interfaces.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = Class.forName(interfaces[i], false, loader);
    }
    return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null).getClass();
  }
}
