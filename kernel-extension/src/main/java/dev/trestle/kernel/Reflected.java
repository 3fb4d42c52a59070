package dev.trestle.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects of a library that only cells have in their class path. */
final class Reflected {
  private Reflected() {}

  /** Whether the value is of that class or interface, by whatever class loader. */
  static boolean isOf(Object value, String name) {
    return isOf(value.getClass(), name);
  }

  private static boolean isOf(@Nullable Class<?> type, String name) {
    return type != null
        && (type.getName().equals(name)
            || isOf(type.getSuperclass(), name)
            || Arrays.stream(type.getInterfaces()).anyMatch(each -> isOf(each, name)));
  }

  /** What a public method of that name and number of parameters returns. */
  static @Nullable Object call(Object receiver, String method, Object... arguments) {
    return invoke(find(receiver.getClass(), method, arguments.length), receiver, arguments);
  }

  /** As {@link #call}, of a method that returns something. */
  static Object called(Object receiver, String method, Object... arguments) {
    return Objects.requireNonNull(call(receiver, method, arguments), method);
  }

  private static Method find(Class<?> type, String name, int parameters) {
    return Arrays.stream(type.getMethods())
        .filter(each -> each.getName().equals(name) && each.getParameterCount() == parameters)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "%s has no method %s with %d parameters: another version than is known here"
                    .formatted(type.getName(), name, parameters)));
  }

  private static @Nullable Object invoke(Method method, Object receiver, Object... arguments) {
    try {
      return method.invoke(receiver, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(method + " failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
