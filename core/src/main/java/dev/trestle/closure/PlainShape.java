package dev.trestle.closure;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to take a notebook object apart and put it together again when its class is not {@link
 * Serializable}, which in a notebook is the rule.
 *
 * <p>Records are built by their canonical constructor, once all values are known. Others are made
 * empty, as Java serialization does, and filled, so that they may take part in cycles.
 *
 * @param fields in the same order in both JVMs: a record's components, or the fields by name from
 *     the class up to its last notebook superclass
 * @param creator for a record the canonical constructor, else one without arguments
 */
record PlainShape(Class<?> type, List<Field> fields, Constructor<?> creator) {

  private static final ClassValue<PlainShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected PlainShape computeValue(Class<?> type) {
          return type.isRecord() ? ofRecord(type) : ofClass(type);
        }
      };

  private static final MethodHandle SERIALIZATION_CONSTRUCTOR =
      SerializationEntry.method(
          "newConstructorForSerialization",
          MethodType.methodType(Constructor.class, Class.class, Constructor.class));

  /** Returns if objects of the class travel in this way. */
  static boolean suits(Class<?> type) {
    return NotebookClass.isNotebook(type) && !isSerializableThroughout(type);
  }

  /** Throws CaptureException when the class has a compiled superclass with state of its own. */
  static PlainShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  boolean isRecord() {
    return type.isRecord();
  }

  @Nullable Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new CaptureException("%s cannot be read".formatted(field), e);
    }
  }

  Object create(@Nullable Object... values) {
    try {
      return creator.newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new CaptureException(
          "a copy of a %s cannot be made".formatted(NotebookClass.displayName(type)), e);
    }
  }

  void fill(Object owner, @Nullable Object[] values) {
    try {
      for (int i = 0; i < values.length; i++) {
        fields.get(i).set(owner, values[i]);
      }
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new CaptureException(
          "a copy of a %s cannot be filled".formatted(NotebookClass.displayName(type)), e);
    }
  }

  /** A Serializable class whose notebook superclass is not would lose that one's fields. */
  private static boolean isSerializableThroughout(Class<?> type) {
    for (Class<?> part = type;
        part != null && NotebookClass.isNotebook(part);
        part = part.getSuperclass()) {
      if (!Serializable.class.isAssignableFrom(part)) {
        return false;
      }
    }
    return true;
  }

  private static PlainShape ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var fields = new ArrayList<Field>();
      for (RecordComponent component : components) {
        fields.add(accessible(type.getDeclaredField(component.getName())));
      }
      return new PlainShape(
          type, List.copyOf(fields), accessible(type.getDeclaredConstructor(types)));
    } catch (ReflectiveOperationException e) {
      throw new CaptureException("record %s is malformed".formatted(type.getName()), e);
    }
  }

  private static PlainShape ofClass(Class<?> type) {
    var fields = new ArrayList<Field>();
    Class<?> part = type;
    for (; NotebookClass.isNotebook(part); part = part.getSuperclass()) {
      state(part).forEach(field -> fields.add(accessible(field)));
    }
    return new PlainShape(type, List.copyOf(fields), emptyConstructor(type, part));
  }

  private static List<Field> state(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
        .sorted(Comparator.comparing(Field::getName))
        .toList();
  }

  private static Constructor<?> emptyConstructor(Class<?> type, Class<?> compiledParent) {
    for (Class<?> part = compiledParent; part != null; part = part.getSuperclass()) {
      if (!state(part).isEmpty()) {
        throw cannotTravel(type, compiledParent, "fields that are not its own", null);
      }
    }
    try {
      Constructor<?> start = compiledParent.getDeclaredConstructor();
      if (!Modifier.isPublic(start.getModifiers()) && !Modifier.isProtected(start.getModifiers())) {
        throw cannotTravel(type, compiledParent, "a constructor that cannot be reached", null);
      }
      return (Constructor<?>) SERIALIZATION_CONSTRUCTOR.invoke(type, start);
    } catch (NoSuchMethodException e) {
      throw cannotTravel(type, compiledParent, "no constructor without arguments", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CaptureException("no copies of %s can be made".formatted(type.getName()), e);
    }
  }

  private static CaptureException cannotTravel(
      Class<?> type, Class<?> parent, String obstacle, @Nullable Throwable cause) {
    String message =
        ("objects of notebook class %s cannot be sent: its superclass %s, which is not"
                + " serialisable, has %s. Create them inside the task")
            .formatted(NotebookClass.displayName(type), parent.getName(), obstacle);
    return cause == null ? new CaptureException(message) : new CaptureException(message, cause);
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true);
    return member;
  }
}
