package dev.trestle.kernel;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * Makes the class files of a JJava notebook readable: its class loader has them, and hands out none
 * ({@code JJavaLoaderDelegate}, 1.0-a6 and later), so that no code of a cell could be sent to a
 * worker.
 */
final class JJavaClassFiles extends URLStreamHandler {
  private static final String PROTOCOL = "trestle-notebook";

  private final Map<?, ?> byName; // of names with dots

  private JJavaClassFiles(Map<?, ?> byName) {
    this.byName = byName;
  }

  /** For a kernel of another kind nothing happens: workers then run compiled code only. */
  static void open(BaseKernel kernel) {
    try {
      if (call(kernel, "getClassLoader") instanceof URLClassLoader loader) {
        open(loader);
      }
    } catch (ReflectiveOperationException e) {
      // A worker's error says what is missing, when code is to be sent to it.
    }
  }

  /** Adds the class files to what the loader finds as resources. */
  static void open(URLClassLoader loader) throws ReflectiveOperationException {
    Object delegate = field(loader, "this$0");
    if (field(delegate, "declaredClasses") instanceof Map<?, ?> files) {
      // A folder, as far as the loader can tell: its URL ends with a slash.
      Method addUrl = accessible(loader.getClass(), "addURL", URL.class);
      try {
        addUrl.invoke(loader, URL.of(URI.create(PROTOCOL + ":/"), new JJavaClassFiles(files)));
      } catch (IOException e) {
        throw new IllegalStateException("no URL: " + e, e);
      }
    }
  }

  private static Object call(Object object, String method) throws ReflectiveOperationException {
    return accessible(object.getClass(), method).invoke(object);
  }

  private static Method accessible(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
      } catch (NoSuchMethodException e) {
        // perhaps in a superclass
      }
    }
    throw new NoSuchMethodException(type.getName() + "." + name);
  }

  private static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }

  @Override
  protected URLConnection openConnection(URL url) {
    String path = java.net.URLDecoder.decode(url.getPath(), StandardCharsets.UTF_8);
    String name = path.substring(1).replaceFirst("[.]class$", "").replace('/', '.');
    return new URLConnection(url) {
      @Override
      public void connect() {}

      @Override
      public InputStream getInputStream() throws IOException {
        if (byName.get(name) instanceof byte[] file) {
          return new ByteArrayInputStream(file);
        }
        throw new FileNotFoundException(name);
      }
    };
  }
}
