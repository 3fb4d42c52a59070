package dev.trestle.closure;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the classes of a notebook from compiled ones.
 *
 * <p>A notebook class was defined from bytes in memory by a loader of its own. The loader alone
 * does not tell: JShell puts the jars of {@code /env --class-path} and {@code %jars}, and with them
 * often this library, into the same loader. Classes from jars have a code source with a location,
 * those of snippets have none.
 */
final class NotebookClass {

  /** JShell puts each snippet into a class {@code REPL.$JShell$12}; replaced ones get letters. */
  private static final Pattern WRAPPER = Pattern.compile("(.*\\.)?\\$JShell\\$\\d+[A-Z]*");

  private static final ClassValue<Boolean> FROM_NOTEBOOK =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isDefinedInMemory(type);
        }
      };

  private NotebookClass() {}

  /** Returns if the class, which is no array, was defined by a notebook cell. */
  static boolean isNotebook(Class<?> type) {
    return FROM_NOTEBOOK.get(type);
  }

  /** Returns if the class only holds the variables and methods of a snippet. */
  static boolean isWrapper(Class<?> type) {
    return WRAPPER.matcher(type.getName()).matches();
  }

  /** Returns if the class belongs to a loader that a plain JVM with our class path lacks. */
  static boolean isFromOwnLoader(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && !loader.equals(ClassLoader.getPlatformClassLoader())
        && !loader.equals(ClassLoader.getSystemClassLoader());
  }

  /** The name that the user gave: {@code Cfg} for {@code REPL.$JShell$7$Cfg}. */
  static String displayName(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty() || !isNotebook(type) ? type.getTypeName() : simple;
  }

  /** The files that were added to the class path of running notebooks, as URLs. */
  static Set<String> classPath(Set<ClassLoader> loaders) {
    Set<String> urls = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      if (loader instanceof URLClassLoader notebook) {
        for (URL url : notebook.getURLs()) {
          if (url.getProtocol().equals("file")) { // else perhaps one that only this JVM knows
            urls.add(url.toString());
          }
        }
      }
    }
    return urls;
  }

  private static boolean isDefinedInMemory(Class<?> type) {
    if (!isFromOwnLoader(type) || type.isHidden() || Proxy.isProxyClass(type)) {
      return false;
    }
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null
        || source.getLocation() == null
        // The JDK's launcher of source files (JEP 330) names the file that it compiled in memory.
        || source.getLocation().getPath().endsWith(".java");
  }
}
