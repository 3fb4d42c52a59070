package dev.trestle.closure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The entry of module jdk.unsupported for serialization libraries. */
final class SerializationEntry {
  private SerializationEntry() {}

  /** A method of sun.reflect.ReflectionFactory; javac warns of calling it, whence the handle. */
  static MethodHandle method(String name, MethodType type) {
    try {
      Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Object instance =
          lookup
              .findStatic(factory, "getReflectionFactory", MethodType.methodType(factory))
              .invoke();
      return lookup.findVirtual(factory, name, type).bindTo(instance);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
