package dev.trestle.closure;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Defines in a worker the classes of one notebook, and finds those of the jars added to it. */
final class NotebookLoader extends URLClassLoader {
  private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();
  private final Set<String> classPath = new HashSet<>();

  NotebookLoader(ClassLoader parent) {
    super("notebook", new URL[0], parent);
  }

  /** Returns if none of the classes is known here with different code. */
  boolean agreesWith(Shipment shipment) {
    return shipment.classFiles().entrySet().stream()
        .allMatch(each -> {
          byte[] known = classFiles.get(each.getKey());
          return known == null || Arrays.equals(known, each.getValue());
        });
  }

  void add(Shipment shipment) {
    classFiles.putAll(shipment.classFiles());
    for (String url : shipment.classPath()) {
      if (classPath.add(url)) {
        try {
          addURL(URI.create(url).toURL());
        } catch (MalformedURLException e) {
          throw new CaptureException("class path entry %s of the notebook".formatted(url), e);
        }
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classFiles.get(name);
    return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
  }

  /** As JShell's loader does: a task may itself send notebook code to workers. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes =
        name.endsWith(".class")
            ? classFiles.get(name.substring(0, name.length() - 6).replace('/', '.'))
            : null;
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
