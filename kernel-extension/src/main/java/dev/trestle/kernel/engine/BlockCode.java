package dev.trestle.kernel.engine;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code of a cell as the inside of a block, such as the body of a lambda: imports, methods and
 * types, which cannot stand there or should not, are taken out. Each line stays on its line. More
 * statements can follow, whatever the cell ends with.
 *
 * @param declarations what was taken out
 * @param statements the others, but for the last one
 * @param last the last one, if it is an expression; else it is among the statements
 * @param variables what the statements declare, in order
 * @param assigned the names that get a value anywhere in the code
 */
public record BlockCode(
    String declarations,
    String statements,
    @Nullable Expression last,
    List<Variable> variables,
    Set<String> assigned) {

  /**
   * An expression at the end of a cell.
   *
   * @param mayStandAlone whether it is also a statement, such as a call
   */
  public record Expression(String before, String text, String after, boolean mayStandAlone) {}

  /**
   * A variable; its type as it is written.
   *
   * @param type null for {@code var}
   */
  public record Variable(@Nullable String type, String name) {}

  public BlockCode {
    variables = List.copyOf(variables);
    assigned = Set.copyOf(assigned);
  }

  /** Takes apart what {@link CellCode} has split; what is no whole cell is not looked at. */
  public static BlockCode of(CellCode cell) {
    var reading = new Reading();
    for (int i = 0; i < cell.parts().size(); i++) {
      reading.add(cell.parts().get(i).source(), i == cell.parts().size() - 1);
    }
    return reading.block();
  }

  /** The statements and the last expression, which is returned. */
  public String returning() {
    return last == null
        ? statements
        : statements + last.before() + "return " + last.text() + ";" + last.after();
  }

  /** The statements, the last expression one of them. */
  public String doing() {
    return last == null
        ? statements
        : statements + last.before() + last.text() + ";" + last.after();
  }

  private static final class Reading {
    private static final String METHOD = "class C { void m() {\n";
    private static final String FIELD = "class C { Object o =\n";

    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder statements = new StringBuilder();
    private final List<Variable> variables = new ArrayList<>();
    private final Set<String> assigned = new LinkedHashSet<>();
    private @Nullable Expression last;

    void add(String source, boolean isLast) {
      if (isDeclaration(source)) {
        declarations.append(source);
        statements.append(lineBreaks(source));
        return;
      }
      declarations.append(lineBreaks(source));
      Syntax.Parsed parsed = Syntax.parse(METHOD + source + "\n;} }");
      if (!parsed.isGood()) {
        parsed = Syntax.parse(FIELD + source + "\n; }");
        noteAssigned(parsed);
        if (isLast && member(parsed) instanceof VariableTree field) {
          last = expression(parsed, field.getInitializer(), FIELD.length(), source, false);
        } else {
          statements.append(source);
        }
        return;
      }
      noteAssigned(parsed);
      List<? extends StatementTree> found = statements(parsed);
      for (StatementTree statement : found) {
        if (statement instanceof VariableTree variable) {
          variables.add(new Variable(type(variable), variable.getName().toString()));
        }
      }
      if (isLast
          && !found.isEmpty()
          && found.getFirst() instanceof ExpressionStatementTree statement) {
        last = expression(parsed, statement.getExpression(), METHOD.length(), source, true);
      } else if (isLast && !found.isEmpty() && mayNeverBePassed(found.getFirst())) {
        statements.append("if (true) {").append(source).append("\n}");
      } else {
        statements.append(source);
      }
    }

    /** For what is behind such a statement javac may say that it cannot be reached. */
    private static boolean mayNeverBePassed(StatementTree statement) {
      return switch (statement.getKind()) {
        case WHILE_LOOP, DO_WHILE_LOOP, FOR_LOOP, LABELED_STATEMENT, THROW -> true;
        default -> false;
      };
    }

    private static @Nullable String type(VariableTree variable) {
      Tree type = variable.getType();
      String text = type == null ? "var" : type.toString();
      return text.equals("var") ? null : text;
    }

    private static boolean isDeclaration(String source) {
      if (source.strip().startsWith("import ")) {
        return true;
      }
      Syntax.Parsed parsed = Syntax.parse(METHOD + source + "\n;} }");
      if (parsed.isGood()) {
        List<? extends StatementTree> found = statements(parsed);
        return !found.isEmpty() && found.getFirst() instanceof ClassTree;
      }
      parsed = Syntax.parse("class C {\n" + source + "\n}");
      return parsed.isGood() && member(parsed) instanceof MethodTree;
    }

    private static List<? extends StatementTree> statements(Syntax.Parsed parsed) {
      return member(parsed) instanceof MethodTree method && method.getBody() != null
          ? method.getBody().getStatements()
          : List.of();
    }

    /** The first member of the class that the parsed text is. */
    private static @Nullable Tree member(Syntax.Parsed parsed) {
      for (CompilationUnitTree unit : parsed.units()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree of && !of.getMembers().isEmpty()) {
            return of.getMembers().getFirst();
          }
        }
      }
      return null;
    }

    private static @Nullable Expression expression(
        Syntax.Parsed parsed,
        @Nullable ExpressionTree tree,
        int offset,
        String source,
        boolean mayStandAlone) {
      if (tree == null) {
        return null;
      }
      CompilationUnitTree unit = parsed.units().getFirst();
      int from = (int) parsed.positions().getStartPosition(unit, tree) - offset;
      int to = (int) parsed.positions().getEndPosition(unit, tree) - offset;
      String after = source.substring(to);
      int semicolon = after.indexOf(';');
      return new Expression(
          source.substring(0, from),
          source.substring(from, to),
          after.strip().startsWith(";") ? after.substring(semicolon + 1) : after,
          mayStandAlone);
    }

    private void noteAssigned(Syntax.Parsed parsed) {
      var scanner =
          new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void none) {
              note(tree.getVariable());
              return super.visitAssignment(tree, null);
            }

            @Override
            public @Nullable Void visitCompoundAssignment(
                CompoundAssignmentTree tree, @Nullable Void none) {
              note(tree.getVariable());
              return super.visitCompoundAssignment(tree, null);
            }

            @Override
            public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void none) {
              switch (tree.getKind()) {
                case POSTFIX_INCREMENT, POSTFIX_DECREMENT, PREFIX_INCREMENT, PREFIX_DECREMENT ->
                    note(tree.getExpression());
                default -> {}
              }
              return super.visitUnary(tree, null);
            }
          };
      scanner.scan(parsed.units(), null);
    }

    private void note(ExpressionTree variable) {
      if (variable instanceof IdentifierTree identifier) {
        assigned.add(identifier.getName().toString());
      }
    }

    private static String lineBreaks(String source) {
      return "\n".repeat((int) source.chars().filter(c -> c == '\n').count());
    }

    BlockCode block() {
      return new BlockCode(
          declarations.toString(), statements.toString(), last, variables, assigned);
    }
  }
}
