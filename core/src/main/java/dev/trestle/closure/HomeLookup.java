package dev.trestle.closure;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/**
 * The full access that a notebook class has to itself, which making its lambdas takes.
 *
 * <p>A lookup from another module's code, and each class loader has an unnamed module of its own,
 * is less than that; so a class is put beside the notebook's that hands out a lookup of its own.
 */
final class HomeLookup {
  private static final String NAME = "$Trestle$";
  private static final ClassDesc LOOKUP = ClassDesc.of("java.lang.invoke.MethodHandles$Lookup");

  private HomeLookup() {}

  static Lookup in(Class<?> home) throws ReflectiveOperationException {
    Lookup outside = MethodHandles.privateLookupIn(home, MethodHandles.lookup());
    String name = home.getPackageName().isEmpty() ? NAME : home.getPackageName() + "." + NAME;
    Class<?> neighbour;
    try {
      neighbour = outside.defineClass(classFile(name));
    } catch (LinkageError e) {
      neighbour = outside.findClass(name); // it is there already
    }
    Lookup inside = (Lookup) neighbour.getMethod("lookup").invoke(null);
    return MethodHandles.privateLookupIn(home, inside);
  }

  private static byte[] classFile(String name) {
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC)
                    .withMethodBody(
                        "lookup",
                        MethodTypeDesc.of(LOOKUP),
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code ->
                            code.invokestatic(
                                    ConstantDescs.CD_MethodHandles,
                                    "lookup",
                                    MethodTypeDesc.of(LOOKUP))
                                .areturn()));
  }
}
