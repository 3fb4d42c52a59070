package dev.trestle.namespace;

import java.io.ObjectInputFilter;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a value may be made of: a file of the store may be old or damaged, and Java's serialization
 * makes an object of any class that it names.
 */
final class ValueClasses implements ObjectInputFilter {
  private static final int DEEPEST = 50;
  private static final Set<String> PACKAGES = Set.of("java.time", "java.time.chrono", "java.math");
  private static final Set<String> NESTED_IN =
      Set.of("java.util.Collections$", "java.util.ImmutableCollections$");
  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.String",
          "java.lang.String$CaseInsensitiveComparator",
          "java.lang.Number",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Boolean",
          "java.lang.Character",
          "java.lang.Enum",
          "java.lang.Record",
          "java.lang.Object",
          "java.util.AbstractMap$SimpleEntry",
          "java.util.AbstractMap$SimpleImmutableEntry",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays$ArrayList",
          "java.util.BitSet",
          "java.util.CollSer", // as which those of List.of, Map.of and Set.of travel
          "java.util.Date",
          "java.util.EnumMap",
          "java.util.EnumSet",
          "java.util.EnumSet$SerializationProxy",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.Map$Entry",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.UUID");

  private final Predicate<Class<?>> others;

  /**
   * The usual classes and some others.
   *
   * @param others what else is allowed
   */
  ValueClasses(Predicate<Class<?>> others) {
    this.others = others;
  }

  boolean allow(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive()
        || element.isRecord()
        || element.isEnum()
        || (element.getSuperclass() != null && element.getSuperclass().isEnum())
        || CLASSES.contains(element.getName())
        || PACKAGES.contains(element.getPackageName())
        || NESTED_IN.stream().anyMatch(element.getName()::startsWith)
        || others.test(element);
  }

  @Override
  public Status checkInput(FilterInfo input) {
    if (input.depth() > DEEPEST
        || input.streamBytes() > ValueCodec.LARGEST
        || input.arrayLength() > ValueCodec.LARGEST) {
      return Status.REJECTED;
    }
    Class<?> type = input.serialClass();
    return type == null || allow(type) ? Status.ALLOWED : Status.REJECTED;
  }
}
