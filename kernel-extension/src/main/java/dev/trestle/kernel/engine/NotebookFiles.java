package dev.trestle.kernel.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/**
 * What javac reads and writes for cells: the classes that JShell has defined, from the loader that
 * has them, beside the JDK and the class path; what it generates stays in memory.
 */
final class NotebookFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  /** JShell's package of all classes of a notebook. */
  static final String PACKAGE = "REPL";

  private final CellControl control;
  private final List<JavaFileObject> listed = new ArrayList<>();
  private final List<Generated> generated = new ArrayList<>();

  NotebookFiles(StandardJavaFileManager others, CellControl control) {
    super(others);
    this.control = control;
  }

  /** Whether JShell has defined classes since they were listed. */
  boolean hasNewClasses() {
    return listed.size() < control.classNames().size();
  }

  /** What was written since it was last taken. */
  List<ClassBytecodes> takeGenerated() {
    List<ClassBytecodes> taken = generated.stream().map(Generated::bytecodes).toList();
    generated.clear();
    return taken;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (!packageName.equals(PACKAGE)) {
      return super.list(location, packageName, kinds, recurse);
    }
    if (location != StandardLocation.CLASS_PATH) {
      return List.of();
    }
    List<String> names = control.classNames();
    names.subList(listed.size(), names.size()).forEach(name -> listed.add(new Loaded(name)));
    return List.copyOf(listed);
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof Loaded loaded ? loaded.name : super.inferBinaryName(location, file);
  }

  /**
   * Where javac looks for its plug-ins, in each pass: not in all jars. Code that needs one of the
   * class path is refused, and so JShell's business.
   */
  @Override
  public ClassLoader getClassLoader(Location location) {
    return location == StandardLocation.CLASS_PATH
        ? ClassLoader.getPlatformClassLoader()
        : super.getClassLoader(location);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    var file = new Generated(className, kind);
    generated.add(file);
    return file;
  }

  private static URI place(String className) {
    return URI.create("string:///" + className.replace('.', '/') + ".class");
  }

  private final class Loaded extends SimpleJavaFileObject {
    private final String name;

    Loaded(String name) {
      super(place(name), Kind.CLASS);
      this.name = name;
    }

    @Override
    public InputStream openInputStream() throws IOException {
      InputStream bytes = control.loader().getResourceAsStream(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new IOException("the loader of notebook classes has lost " + name);
      }
      return bytes;
    }
  }

  private static final class Generated extends SimpleJavaFileObject {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Generated(String name, Kind kind) {
      super(place(name), kind);
      this.name = name;
    }

    ClassBytecodes bytecodes() {
      return new ClassBytecodes(name, bytes.toByteArray());
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }
}
