package dev.trestle.compression;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Objects;

/** Aircompressor's classes, reading byte arrays through {@link ArrayAccess}. */
final class RelinkedClasses extends ClassLoader {
  private static final String PACKAGE = "io.airlift.compress.v3.";
  private static final String UNSAFE = "sun/misc/Unsafe";
  private static final ClassDesc ACCESS =
      ClassDesc.of(Objects.requireNonNull(ArrayAccess.class.getName()));

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader classPath;

  RelinkedClasses(ClassLoader classPath) {
    super("trestle-compression", classPath);
    this.classPath = classPath;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = classPath.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] relinked = relink(in.readAllBytes());
      return defineClass(name, relinked, 0, relinked.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] relink(byte[] original) {
    var classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(classPath))));
    return classFile.transformClass(
        classFile.parse(original),
        ClassTransform.transformingMethodBodies(RelinkedClasses::relink));
  }

  private static void relink(CodeBuilder code, CodeElement element) {
    switch (element) {
      case InvokeInstruction call when call.owner().asInternalName().equals(UNSAFE) ->
          code.invokestatic(
              ACCESS,
              call.name().stringValue(),
              call.typeSymbol().insertParameterTypes(0, ConstantDescs.CD_Object));
      case FieldInstruction field when field.owner().asInternalName().equals(UNSAFE) ->
          code.getstatic(ACCESS, field.name().stringValue(), field.typeSymbol());
      default -> code.with(element);
    }
  }
}
