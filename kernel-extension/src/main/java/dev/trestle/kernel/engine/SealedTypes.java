package dev.trestle.kernel.engine;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a sealed type go without a {@code permits} clause when its subtypes are in the same cell, as
 * Java does when they are in the same file: JShell compiles each as a file of its own.
 */
final class SealedTypes {
  private record Declaration(CellCode.Part part, ClassTree type, int headerEnd) {}

  private SealedTypes() {}

  /** The parts of a cell, with the clauses that are missing put in. */
  static List<CellCode.Part> complete(List<CellCode.Part> parts) {
    if (parts.stream().noneMatch(part -> part.source().contains("sealed"))) {
      return parts;
    }
    List<Declaration> declarations = new ArrayList<>();
    for (CellCode.Part part : parts) {
      Declaration declaration = parse(part);
      if (declaration != null) {
        declarations.add(declaration);
      }
    }
    return parts.stream().map(part -> complete(part, declarations)).toList();
  }

  private static CellCode.Part complete(CellCode.Part part, List<Declaration> declarations) {
    for (Declaration each : declarations) {
      if (each.part().equals(part)
          && each.type().getModifiers().getFlags().contains(Modifier.SEALED)
          && each.type().getPermitsClause().isEmpty()) {
        String subtypes = subtypes(each.type().getSimpleName().toString(), declarations);
        int body = part.source().indexOf('{', each.headerEnd());
        if (!subtypes.isEmpty() && body >= 0) {
          String source = part.source();
          return new CellCode.Part(
              "%s permits %s %s"
                  .formatted(source.substring(0, body), subtypes, source.substring(body)),
              part.offset());
        }
      }
    }
    return part;
  }

  private static String subtypes(String name, List<Declaration> declarations) {
    return declarations.stream()
        .map(Declaration::type)
        .filter(type -> supertypes(type).anyMatch(name::equals))
        .map(type -> type.getSimpleName().toString())
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> supertypes(ClassTree type) {
    return Stream.concat(
            Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
        .map(SealedTypes::name);
  }

  private static String name(Tree type) {
    return switch (type) {
      case ParameterizedTypeTree generic -> name(generic.getType());
      case IdentifierTree plain -> plain.getName().toString();
      default -> "";
    };
  }

  /** Null unless the part is one type declaration. */
  private static @Nullable Declaration parse(CellCode.Part part) {
    var parsed = Syntax.parse(part.source());
    for (CompilationUnitTree unit : parsed.units()) {
      if (unit.getTypeDecls().size() == 1
          && unit.getTypeDecls().getFirst() instanceof ClassTree type
          && !type.getSimpleName().isEmpty()) {
        return new Declaration(part, type, headerEnd(unit, type, parsed.positions()));
      }
    }
    return null;
  }

  private static int headerEnd(
      CompilationUnitTree unit, ClassTree type, SourcePositions positions) {
    List<Tree> header = new ArrayList<>(type.getTypeParameters());
    header.add(type.getModifiers());
    header.addAll(type.getImplementsClause());
    if (type.getExtendsClause() != null) {
      header.add(type.getExtendsClause());
    }
    return header.stream()
        .mapToInt(tree -> (int) positions.getEndPosition(unit, tree))
        .max()
        .orElse(0);
  }
}
