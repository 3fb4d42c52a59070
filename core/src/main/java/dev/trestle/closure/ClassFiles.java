package dev.trestle.closure;

import dev.trestle.agent.SerializableLambdas;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The class files of notebook classes, read from their loaders. Safe for use by several threads.
 *
 * <p>The bytes are read again for each call: the {@code jshell} tool redefines a class under its
 * old name when a forward reference is resolved. Only parsing is saved. Within a call they are read
 * once: its arguments are many, and come with the code that its task has.
 */
final class ClassFiles {
  /** A class file as the loader has it, and as a worker is to have it. */
  private record Known(byte[] read, ClassCode code) {}

  private final Map<Class<?>, Known> parsed;
  private final @Nullable ConcurrentMap<Class<?>, ClassCode> ofCall;

  ClassFiles() {
    this(Collections.synchronizedMap(new WeakHashMap<>()), null);
  }

  private ClassFiles(
      Map<Class<?>, Known> parsed, @Nullable ConcurrentMap<Class<?>, ClassCode> ofCall) {
    this.parsed = parsed;
    this.ofCall = ofCall;
  }

  /** These, for one call. */
  ClassFiles forCall() {
    return new ClassFiles(parsed, new ConcurrentHashMap<>());
  }

  ClassCode of(Class<?> type) {
    return ofCall == null ? current(type) : ofCall.computeIfAbsent(type, this::current);
  }

  private ClassCode current(Class<?> type) {
    byte[] bytes = read(type);
    Known known = parsed.get(type);
    if (known != null && Arrays.equals(known.read(), bytes)) {
      return known.code();
    }
    ClassCode code =
        ClassCode.parse(OpenStatics.of(SerializableLambdas.rewrite(bytes, type.getClassLoader())));
    parsed.put(type, new Known(bytes, code));
    return code;
  }

  private static byte[] read(Class<?> type) {
    String resource = type.getName().replace('.', '/') + ".class";
    try (InputStream file = open(type.getClassLoader(), resource)) {
      if (file == null) {
        throw new CaptureException(
            ("the class file of %s cannot be read back from its class loader %s; in this kind of"
                    + " notebook only compiled code can be sent to a worker")
                .formatted(type.getName(), type.getClassLoader()));
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new CaptureException("the class file of " + type.getName() + " cannot be read", e);
    }
  }

  private static InputStream open(ClassLoader loader, String resource) throws IOException {
    // Asking the loader itself first skips a search through the whole class path of its parents.
    if (loader instanceof URLClassLoader own) {
      URL url = own.findResource(resource);
      if (url != null) {
        return url.openStream();
      }
    }
    return loader.getResourceAsStream(resource);
  }
}
