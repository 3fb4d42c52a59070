package dev.trestle.closure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a walk through code has found; it would find the same again as long as no class file has
 * changed and values bring no other code.
 *
 * @param seen all that values had of code, those of the variables included
 * @param variables in the order in which they were found
 * @param classPath of the loaders, when the plan was made
 * @param code as it is sent, see {@link Message#code}
 */
record CodePlan(
    Seen seen,
    List<Variable> variables,
    Map<Class<?>, ClassCode> shipped,
    Set<ClassLoader> loaders,
    Set<String> classPath,
    List<CodePiece> code) {

  static final CodePlan NOTHING = of(new Seen(Set.of(), Set.of()), List.of(), Map.of(), Set.of());

  static CodePlan of(
      Seen seen,
      List<Variable> variables,
      Map<Class<?>, ClassCode> shipped,
      Set<ClassLoader> loaders) {
    Set<String> classPath = NotebookClass.classPath(loaders);
    List<CodePiece> code = new ArrayList<>();
    Map<String, CodeKey> classFiles = new HashMap<>();
    shipped.forEach((type, classFile) -> {
      code.add(classFile.piece());
      classFiles.put(type.getName(), classFile.piece().key());
    });
    if (!classPath.isEmpty() || !classFiles.isEmpty()) {
      code.add(CodePiece.of(new CodeList(classPath, classFiles).toBytes()));
    }
    return new CodePlan(seen, variables, shipped, loaders, classPath, List.copyOf(code));
  }

  @SuppressWarnings("ReferenceEquality") // what is known of a class file is kept while it is so
  boolean isCurrent(ClassFiles files) {
    return shipped.entrySet().stream().allMatch(each -> files.of(each.getKey()) == each.getValue())
        && NotebookClass.classPath(loaders).equals(classPath);
  }
}
