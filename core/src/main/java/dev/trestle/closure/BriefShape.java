package dev.trestle.closure;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Java serialization does with the objects of a class that may be in a brief message: lambdas,
 * records, and objects with one of those in their place.
 *
 * @param writeReplace gives what travels in an object's place
 * @param readResolve gives what the receiver takes for it
 * @param fields of a record, its components; else none
 * @param creator of a record, its canonical constructor
 */
record BriefShape(
    @Nullable Method writeReplace,
    @Nullable Method readResolve,
    List<Field> fields,
    @Nullable Constructor<?> creator) {

  private static final BriefShape NONE = new BriefShape(null, null, List.of(), null);

  private static final ClassValue<BriefShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected BriefShape computeValue(Class<?> type) {
          return make(type);
        }
      };

  static BriefShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  boolean isRecord() {
    return creator != null;
  }

  private static BriefShape make(Class<?> type) {
    // The JDK's own are closed; and with another superclass there is more to ask.
    if (type.getModule().isNamed()
        || !Serializable.class.isAssignableFrom(type)
        || (type.getSuperclass() != Object.class && !type.isRecord())) {
      return NONE;
    }
    var fields = new ArrayList<Field>();
    Constructor<?> creator = null;
    if (type.isRecord()) {
      RecordComponent[] components = type.getRecordComponents();
      try {
        for (RecordComponent component : components) {
          fields.add(type.getDeclaredField(component.getName()));
        }
        Class<?>[] types =
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        creator = type.getDeclaredConstructor(types);
      } catch (ReflectiveOperationException e) {
        return NONE;
      }
      creator.setAccessible(true);
      fields.forEach(field -> field.setAccessible(true));
    }
    return new BriefShape(
        method(type, "writeReplace"), method(type, "readResolve"), List.copyOf(fields), creator);
  }

  private static @Nullable Method method(Class<?> type, String name) {
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == 0
          && method.getReturnType() == Object.class) {
        method.setAccessible(true);
        return method;
      }
    }
    return null;
  }

  /** Calls one of these methods; what it throws, it throws. */
  static @Nullable Object call(
      Method method, @Nullable Object receiver, @Nullable Object... arguments) {
    try {
      return method.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error known -> throw known;
        case null, default -> throw cannot(method, e);
      }
    } catch (IllegalAccessException e) {
      throw cannot(method, e);
    }
  }

  private static CaptureException cannot(Method method, Exception e) {
    return new CaptureException(
        "%s of %s failed".formatted(method.getName(), method.getDeclaringClass().getName()), e);
  }
}
