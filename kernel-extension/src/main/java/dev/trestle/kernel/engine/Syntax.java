package dev.trestle.kernel.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What javac's parser alone says about a text: it needs no class path and knows no names. */
final class Syntax {
  private static final URI CELL = URI.create("string:///Cell.java");

  /**
   * What became of a text as a source file.
   *
   * @param isGood whether the parser had no complaint
   */
  record Parsed(List<CompilationUnitTree> units, SourcePositions positions, boolean isGood) {}

  private Syntax() {}

  /** Whether a text is an import, a declaration, a statement or an expression. */
  static boolean isSnippet(String text) {
    return isStatement(text)
        || parse("class C {\n" + text + "\n}").isGood()
        || parse(text).isGood()
        || parse("class C { Object o =\n" + text + "\n; }").isGood();
  }

  /** Whether a text can stand in a block. */
  static boolean isStatement(String text) {
    return parse("class C { void m() {\n" + text + "\n;} }").isGood();
  }

  static Parsed parse(String text) {
    var complaints = new DiagnosticCollector<JavaFileObject>();
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    new StringWriter(),
                    null,
                    complaints,
                    List.of("-proc:none"),
                    null,
                    List.of(SimpleJavaFileObject.forSource(CELL, text)));
    try {
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      boolean isGood =
          complaints.getDiagnostics().stream()
              .noneMatch(each -> each.getKind() == Diagnostic.Kind.ERROR);
      return new Parsed(units, Trees.instance(task).getSourcePositions(), isGood);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory could not be read", e);
    }
  }
}
