package dev.trestle.closure;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * The static finals of a notebook class, which in a worker are no longer final: a list in one of
 * them is a variable to its user, and a worker gets its present content before each call.
 *
 * <p>Not those of interfaces, where the JVM allows no others, and not the constants of an enum,
 * which are what they are.
 */
final class OpenStatics {
  private static final int KEPT = ClassFile.ACC_SYNTHETIC | ClassFile.ACC_ENUM;

  private OpenStatics() {}

  /** Whether a worker may be given a value of the field. */
  static boolean has(Field field) {
    int flags = field.getModifiers();
    return Modifier.isStatic(flags)
        && (!Modifier.isFinal(flags)
            || (!field.getDeclaringClass().isInterface() && (flags & KEPT) == 0));
  }

  /** A class file as a worker is to have it. */
  static byte[] of(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
    return isInterface || model.fields().stream().noneMatch(OpenStatics::isToOpen)
        ? classFile
        : ClassFile.of().transformClass(model, OpenStatics::accept);
  }

  private static void accept(ClassBuilder type, ClassElement element) {
    if (element instanceof FieldModel field && isToOpen(field)) {
      type.transformField(
          field,
          (builder, part) -> {
            if (part instanceof AccessFlags flags) {
              builder.withFlags(flags.flagsMask() & ~ClassFile.ACC_FINAL);
            } else {
              builder.with(part);
            }
          });
    } else {
      type.with(element);
    }
  }

  private static boolean isToOpen(FieldModel field) {
    int flags = field.flags().flagsMask();
    int wanted = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
    return (flags & wanted) == wanted && (flags & KEPT) == 0;
  }
}
