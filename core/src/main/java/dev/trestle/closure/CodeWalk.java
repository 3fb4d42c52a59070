package dev.trestle.closure;

import dev.trestle.closure.ClassCode.Use;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, from the methods and classes that a task starts with, every notebook class that a worker
 * needs and every notebook variable that may be read there.
 *
 * <p>Three degrees of need, each including the next. A method is <em>walked</em> when it may run:
 * what it uses counts. A class is <em>linked</em> when any of it may run: the verifier and
 * reflection may then load each class that it names. A class that may only be loaded is
 * <em>shipped</em>, with its supertypes. A snippet's wrapper is walked method by method, so that a
 * cell's other code drags in no variables; a class that the user wrote is walked as a whole, since
 * a virtual call could end in any of its methods.
 */
final class CodeWalk {

  /** Thrown by the body that JShell gives to a method with unresolved references. */
  private static final Use UNRESOLVED = new Use.Type("jdk.jshell.spi.SPIResolutionException");

  private record Step(Class<?> owner, String method) {}

  private record Pending(Step step, UsePath path) {}

  private final ClassFiles classFiles;
  private final Map<Class<?>, ClassCode> shipped = new LinkedHashMap<>();
  private final Set<Class<?>> linked = new HashSet<>();
  private final Set<Class<?>> reached = new HashSet<>();
  private final Set<Step> walked = new HashSet<>();
  private final Set<Field> read = new HashSet<>();
  private final Set<ClassLoader> loaders = new LinkedHashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Deque<Variable> variables = new ArrayDeque<>();

  CodeWalk(ClassFiles classFiles) {
    this.classFiles = classFiles;
  }

  /** The next variable that the code reached so far may read, or null when there is no new one. */
  @Nullable Variable nextVariable() {
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      walk(next);
    }
    return variables.poll();
  }

  /** The notebook classes that a worker needs. */
  Map<Class<?>, ClassCode> shipped() {
    return shipped;
  }

  /** The loaders, other than those of every JVM, of the classes reached. */
  Set<ClassLoader> loaders() {
    return loaders;
  }

  /** Adds a method; its key is that of {@link ClassCode#key}. */
  void reachMethod(Class<?> owner, String method, @Nullable UsePath path) {
    reach(owner, path);
    if (NotebookClass.isNotebook(owner) && NotebookClass.isWrapper(owner)) {
      enqueue(owner, method, path);
    }
  }

  /** Adds a class of which an object exists or may be made. */
  void reach(Class<?> anyType, @Nullable UsePath path) {
    Class<?> type = anyType;
    while (type.isArray()) {
      type = type.getComponentType();
    }
    if (!reached.add(type)) {
      return;
    }
    if (NotebookClass.isFromOwnLoader(type)) {
      loaders.add(type.getClassLoader());
    }
    if (!NotebookClass.isNotebook(type)) {
      return;
    }
    ClassCode code = link(type);
    for (String method : code.methods()) {
      boolean always = method.startsWith("<clinit>");
      // $deserializeLambda$ names all the lambdas of a class; those in use are reached one by one.
      boolean ownCode = !NotebookClass.isWrapper(type) && !method.startsWith("$deserializeLambda$");
      if (always || ownCode) {
        enqueue(type, method, path);
      }
    }
    for (Class<?> parent : parents(type)) {
      reach(parent, path);
    }
  }

  private void enqueue(Class<?> owner, String method, @Nullable UsePath path) {
    var step = new Step(owner, method);
    if (walked.add(step)) {
      String name = method.substring(0, method.indexOf('('));
      pending.add(new Pending(step, UsePath.extend(path, owner, name)));
    }
  }

  private void walk(Pending next) {
    Class<?> owner = next.step().owner();
    UsePath path = next.path();
    Set<Use> uses = link(owner).usesOf(next.step().method());
    if (uses.contains(UNRESOLVED)) {
      throw new CaptureException(
          ("notebook method used as %s cannot run yet: it refers to something that no cell has"
                  + " defined; define that first")
              .formatted(path));
    }
    for (Use use : uses) {
      switch (use) {
        case Use.Type(String name) -> {
          Class<?> type = find(owner, name);
          if (type != null) {
            reach(type, path);
          }
        }
        case Use.Call(String name, String method) -> {
          Class<?> type = find(owner, name);
          if (type != null) {
            reachMethod(type, method, path);
          }
        }
        case Use.StaticRead(String name, String field) -> {
          Class<?> type = find(owner, name);
          if (type != null) {
            readStatic(type, field, path);
          }
        }
      }
    }
  }

  private void readStatic(Class<?> owner, String name, UsePath path) {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          if (NotebookClass.isNotebook(type) && OpenStatics.has(field) && read.add(field)) {
            variables.add(new Variable(field, path));
          }
          return;
        }
      }
    }
  }

  private ClassCode link(Class<?> type) {
    ClassCode code = ship(type);
    if (linked.add(type)) {
      for (String name : code.namedClasses()) {
        Class<?> named = find(type, name);
        if (named != null && NotebookClass.isNotebook(named)) {
          ship(named);
        }
      }
    }
    return code;
  }

  private ClassCode ship(Class<?> type) {
    ClassCode code = shipped.get(type);
    if (code == null) {
      code = classFiles.of(type);
      shipped.put(type, code);
      for (Class<?> parent : parents(type)) {
        if (NotebookClass.isNotebook(parent)) {
          ship(parent);
        }
      }
    }
    return code;
  }

  private static Set<Class<?>> parents(Class<?> type) {
    var parents = new HashSet<Class<?>>(Set.of(type.getInterfaces()));
    if (type.getSuperclass() != null) {
      parents.add(type.getSuperclass());
    }
    return parents;
  }

  /** A class that this code names, or null: code may name an optional class that is not there. */
  private static @Nullable Class<?> find(Class<?> user, String name) {
    try {
      return Class.forName(name, false, user.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
