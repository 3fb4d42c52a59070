package dev.trestle.kernel.engine;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.type.TypeKind;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a class of a part of a cell that declares nothing, an expression or a statement, in one
 * pass of javac.
 *
 * <p>JShell needs three or four, and reads the notebook's classes anew in each. The class made here
 * is the one that JShell would make: in its package, below its {@linkplain Imports imports}. What
 * javac refuses, and what is neither expression nor statement, is JShell's business.
 *
 * <p>No variable {@code $1} is left for a value: declaring it costs what is saved here, in this
 * cell and, as one more import, in all later ones, and it would hold each result for ever.
 */
final class PlainCode {
  /** Beyond the numbers that JShell's snippets can get, which name their classes as well. */
  static final int FIRST_NUMBER = 1_000_000_000;

  private static final String NOT_A_STATEMENT = "compiler.err.not.stmt";

  /** As JShell calls it. */
  static final String METHOD = "do_it$";

  private final SourceCodeAnalysis analysis;
  private final KeptCompiler compiler;
  private @Nullable Imports imports;
  private int number = FIRST_NUMBER;

  /**
   * A class that runs a part.
   *
   * @param name its full name
   * @param shift from its lines to those of the part
   * @param hasValue whether the part is an expression that is more than an assignment
   */
  record Compiled(String name, List<ClassBytecodes> classes, int shift, boolean hasValue) {}

  /** What a part turned out to be. */
  private sealed interface Form {
    /** A statement, compiled. */
    record Statement(List<ClassBytecodes> classes) implements Form {}

    /** An expression; it begins and ends at these chars of the part. */
    record Expression(int start, int end) implements Form {}
  }

  /**
   * The text of a class.
   *
   * @param start where the part begins in it
   */
  private record Wrap(String text, int start) {
    int linesBefore() {
      return lines(text.substring(0, start));
    }
  }

  PlainCode(SourceCodeAnalysis analysis, KeptCompiler compiler) {
    this.analysis = analysis;
    this.compiler = compiler;
  }

  /** To be called when JShell has run something: it may have declared something. */
  void forgetImports() {
    imports = null;
  }

  /** To be called when the class path has grown. */
  void forgetClasses() {
    compiler.forget();
  }

  /** The class of a part; null if JShell has to run it. */
  @Nullable Compiled compile(String part) {
    String name = "$JShell$" + number++;
    Compiled likely = likelyValue(name, part);
    if (likely != null) {
      return likely;
    }
    Wrap wrap = wrap(name, "void", "", part, "\n;");
    Form form = compiler.use(fullName(name), wrap.text(), source -> form(source, wrap));
    return switch (form) {
      case null -> null;
      case Form.Statement(var classes) ->
          new Compiled(fullName(name), classes, -wrap.linesBefore(), false);
      case Form.Expression(int start, int end) -> value(name, part, start, end, unit -> true);
    };
  }

  /**
   * The class that returns the value of some of a part; null if that has errors.
   *
   * @param isRight whether what was parsed is what it was taken for
   */
  private @Nullable Compiled value(
      String name, String part, int start, int end, Predicate<CompilationUnitTree> isRight) {
    // A variable in between: the expression has the type then that it has on its own.
    String text = part.substring(start, end);
    Wrap wrap = wrap(name, "Object", "var $value$ = (", text, "\n); return $value$;");
    var classes =
        compiler.use(
            fullName(name),
            wrap.text(),
            source ->
                source.errors().isEmpty() && isRight.test(source.unit())
                    ? source.generate()
                    : null);
    int shift = lines(part.substring(0, start)) - wrap.linesBefore();
    return classes == null ? null : new Compiled(fullName(name), classes, shift, true);
  }

  /**
   * The class of a part that looks like an expression, and is one: most are spared the pass as a
   * statement. Not so calls, since only that pass tells whether they have a value.
   */
  private @Nullable Compiled likelyValue(String name, String part) {
    String text = part.strip();
    int length = text.endsWith(";") ? text.length() - 1 : text.length();
    boolean isLikely =
        length > 0
            && ")};".indexOf(text.charAt(length - 1)) < 0
            && text.lastIndexOf(';', length - 1) < 0
            && text.charAt(0) != '/'; // a comment: lines would be counted from where it begins
    int start = part.indexOf(text);
    return isLikely ? value(name, part, start, start + length, PlainCode::isOnlyValue) : null;
  }

  /** Whether the class does nothing but return the value of one expression, and no other form. */
  private static boolean isOnlyValue(CompilationUnitTree unit) {
    List<StatementTree> statements = statements(unit);
    return statements.size() == 2
        && statements.getFirst() instanceof VariableTree variable
        && variable.getInitializer() instanceof ParenthesizedTree value
        && switch (value.getExpression()) {
          case AssignmentTree _, MethodInvocationTree _, SwitchExpressionTree _ -> false;
          default -> true;
        };
  }

  private static @Nullable Form form(KeptCompiler.Source source, Wrap wrap) throws IOException {
    StatementTree only = onlyStatement(source.unit());
    if (only == null || !source.errors().stream().allMatch(NOT_A_STATEMENT::equals)) {
      return null;
    }
    return switch (only) {
      case VariableTree _, ClassTree _ -> null;
      case SwitchTree _ -> null; // JShell takes some for expressions
      case ExpressionStatementTree statement -> {
        // One that cannot be a statement, such as 1 + 1, is in the tree as an error.
        Tree expression =
            statement.getExpression() instanceof ErroneousTree wrong
                ? wrong.getErrorTrees().getFirst()
                : statement.getExpression();
        yield isValue(source, expression) ? expression(source, expression, wrap) : done(source);
      }
      default -> done(source);
    };
  }

  private static Form.@Nullable Statement done(KeptCompiler.Source source) throws IOException {
    List<ClassBytecodes> classes = source.generate();
    return classes == null ? null : new Form.Statement(classes);
  }

  private static Form.Expression expression(
      KeptCompiler.Source source, Tree expression, Wrap wrap) {
    SourcePositions positions = Trees.instance(source.task()).getSourcePositions();
    return new Form.Expression(
        (int) positions.getStartPosition(source.unit(), expression) - wrap.start(),
        (int) positions.getEndPosition(source.unit(), expression) - wrap.start());
  }

  /** Whether an expression has a value, and one that JShell would tell. */
  private static boolean isValue(KeptCompiler.Source source, Tree expression) throws IOException {
    return switch (expression) {
      case AssignmentTree assignment -> !(assignment.getVariable() instanceof IdentifierTree);
      case MethodInvocationTree call when source.analyze() ->
          Trees.instance(source.task())
                  .getTypeMirror(TreePath.getPath(source.unit(), call))
                  .getKind()
              != TypeKind.VOID;
      default -> true;
    };
  }

  /** The statement that the class was made for; null if the text was not one. */
  private static @Nullable StatementTree onlyStatement(CompilationUnitTree unit) {
    List<StatementTree> statements = statements(unit);
    return statements.size() == 1 ? statements.getFirst() : null;
  }

  /** What the class does, but for empty statements; nothing if the text went beyond its place. */
  private static List<StatementTree> statements(CompilationUnitTree unit) {
    List<StatementTree> statements = new ArrayList<>();
    if (unit.getTypeDecls().size() == 1
        && unit.getTypeDecls().getFirst() instanceof ClassTree type
        && type.getMembers().size() == 1
        && type.getMembers().getFirst() instanceof MethodTree method) {
      statements.addAll(method.getBody().getStatements());
      statements.removeIf(EmptyStatementTree.class::isInstance);
    }
    return statements;
  }

  private Wrap wrap(String name, String type, String before, String part, String after) {
    String start =
        """
        %sclass %s {
        public static %s %s() throws java.lang.Throwable {
        %s\
        """
            .formatted(imports().of(part), name, type, METHOD, before);
    return new Wrap(start + part + after + "\n}}", start.length());
  }

  /** Those that JShell gives to every snippet now. */
  private Imports imports() {
    if (imports == null) {
      SnippetWrapper wrapper = analysis.wrappers("int $header$;").getFirst();
      String name = wrapper.fullClassName().substring(NotebookFiles.PACKAGE.length() + 1);
      imports =
          new Imports(wrapper.wrapped().substring(0, wrapper.wrapped().indexOf("class " + name)));
    }
    return imports;
  }

  private static String fullName(String name) {
    return NotebookFiles.PACKAGE + "." + name;
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
