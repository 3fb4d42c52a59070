package dev.trestle.kernel.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.JavacTaskImpl;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.code.ClassFinder;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.PackageSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Names;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/**
 * A javac that stays: what it has read of the JDK, of jars and of the notebook's classes is read
 * once, not once for each cell.
 *
 * <p>It is the pool that JShell itself uses. JShell takes all classes of the notebook out of it
 * after each of its passes; here they go only when JShell has defined others. Not safe for use by
 * several threads at once.
 */
final class KeptCompiler {
  /** Those of javac's packages that this class uses, and that are not exported. */
  private static final List<String> PACKAGES =
      Stream.of("api", "code", "util").map(name -> "com.sun.tools.javac." + name).toList();

  private final List<String> options;
  private final NotebookFiles files;
  private JavacTaskPool pool = new JavacTaskPool(1);

  /**
   * @param userOptions what the user wants javac to get
   */
  KeptCompiler(List<String> userOptions, NotebookFiles files) {
    this.files = files;
    // The first three are those that JShell compiles with.
    this.options =
        Stream.concat(
                Stream.of("-Xlint:unchecked,-strictfp", "-proc:none", "-parameters"),
                userOptions.stream())
            .toList();
  }

  /** What a JVM must be started with for {@link #isPossible} to be true. */
  static List<String> flags() {
    return PACKAGES.stream()
        .map(name -> "--add-exports=jdk.compiler/" + name + "=ALL-UNNAMED")
        .toList();
  }

  static boolean isPossible() {
    Module own = KeptCompiler.class.getModule();
    return ModuleLayer.boot()
        .findModule("jdk.compiler")
        .filter(javac -> PACKAGES.stream().allMatch(name -> javac.isExported(name, own)))
        .isPresent();
  }

  /** To be called when the class path has changed: what could not be found may be there now. */
  void forget() {
    pool = new JavacTaskPool(1);
  }

  /** What to do with a class once it is parsed. */
  interface Use<R> {
    @Nullable R of(Source source) throws IOException;
  }

  /**
   * Parses the text of one class, and hands it over.
   *
   * @param className its full name; nothing may refer to it later
   */
  <R> @Nullable R use(String className, String text, Use<R> use) {
    var complaints = new DiagnosticCollector<JavaFileObject>();
    return pool.getTask(
        null,
        files,
        complaints,
        options,
        null,
        List.of(SimpleJavaFileObject.forSource(uri(className), text)),
        task -> {
          Context context = ((JavacTaskImpl) task).getContext();
          try {
            CompilationUnitTree unit = task.parse().iterator().next();
            readNewClasses(context);
            return use.of(new Source(task, unit, complaints));
          } catch (IOException e) {
            throw new IllegalStateException("a text in memory could not be read", e);
          } finally {
            forget(context, className);
          }
        });
  }

  private static URI uri(String className) {
    return URI.create("string:///" + className.replace('.', '/') + ".java");
  }

  /** Has javac list the classes of the notebook again if there are others. */
  private void readNewClasses(Context context) {
    PackageSymbol notebook = notebook(context);
    if (notebook != null && files.hasNewClasses()) {
      notebook.members_field = null;
      notebook.completer = ClassFinder.instance(context).getCompleter();
    }
  }

  /** The pool itself forgets a class that it has compiled, but not that its package has it. */
  private static void forget(Context context, String className) {
    Symtab symbols = Symtab.instance(context);
    ClassSymbol type =
        symbols.getClass(symbols.unnamedModule, Names.instance(context).fromString(className));
    PackageSymbol notebook = notebook(context);
    if (type != null && notebook != null && notebook.members_field != null) {
      notebook.members_field.remove(type);
    }
  }

  private static @Nullable PackageSymbol notebook(Context context) {
    Symtab symbols = Symtab.instance(context);
    return symbols.getPackage(
        symbols.unnamedModule, Names.instance(context).fromString(NotebookFiles.PACKAGE));
  }

  /** A class that was parsed. */
  final class Source {
    private final JavacTask task;
    private final CompilationUnitTree unit;
    private final DiagnosticCollector<JavaFileObject> complaints;

    private Source(
        JavacTask task, CompilationUnitTree unit, DiagnosticCollector<JavaFileObject> complaints) {
      this.task = task;
      this.unit = unit;
      this.complaints = complaints;
    }

    JavacTask task() {
      return task;
    }

    CompilationUnitTree unit() {
      return unit;
    }

    /** The keys of javac's messages so far, such as {@code compiler.err.not.stmt}. */
    List<String> errors() {
      return complaints.getDiagnostics().stream()
          .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
          .map(Diagnostic::getCode)
          .toList();
    }

    /** Resolves names and types; returns whether all is well. */
    boolean analyze() throws IOException {
      task.analyze();
      return errors().isEmpty();
    }

    /** The class and those inside it; null if it has errors. */
    @Nullable List<ClassBytecodes> generate() throws IOException {
      if (!analyze()) {
        return null;
      }
      task.generate();
      List<ClassBytecodes> classes = files.takeGenerated();
      return errors().isEmpty() ? classes : null;
    }
  }
}
