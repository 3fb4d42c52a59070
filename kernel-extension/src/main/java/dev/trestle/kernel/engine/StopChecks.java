package dev.trestle.kernel.engine;

import dev.trestle.agent.SerializableLambdas;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/**
 * Puts a check at the start of each notebook method and before each backward branch, so that a loop
 * can be ended from outside: the JVM itself no longer offers a way.
 *
 * <p>The check reads one static field of a class that is generated here and needs nothing of ours,
 * since it travels to worker JVMs with the code that calls it.
 *
 * <p>{@code LocalExecutionControl} of the JDK does the same, but without a class hierarchy: on JDK
 * 25 it refuses {@code c ? new Leaf() : new Root()} over notebook classes ("Could not resolve
 * class").
 */
final class StopChecks {
  static final String STOP_CLASS = "REPL.$Stop$";

  /** A {@link Runnable}, called by each check unless null; what it throws ends the code. */
  static final String STOP_FIELD = "order";

  private static final ClassDesc STOP = ClassDesc.of(STOP_CLASS);
  private static final ClassDesc RUNNABLE = ClassDesc.of("java.lang.Runnable");

  private StopChecks() {}

  static ClassBytecodes stopClass() {
    byte[] bytes =
        ClassFile.of()
            .build(
                STOP,
                type ->
                    type.withFlags(ClassFile.ACC_PUBLIC)
                        .withField(
                            STOP_FIELD,
                            RUNNABLE,
                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_VOLATILE)
                        .withMethodBody(
                            "check",
                            ConstantDescs.MTD_void,
                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                            StopChecks::writeCheck));
    return new ClassBytecodes(STOP_CLASS, bytes);
  }

  private static void writeCheck(CodeBuilder code) {
    // Read once: the field may become null at any moment.
    code.getstatic(STOP, STOP_FIELD, RUNNABLE)
        .astore(0)
        .aload(0)
        .ifThen(
            java.lang.classfile.Opcode.IFNONNULL,
            ordered ->
                ordered
                    .aload(0)
                    .invokeinterface(RUNNABLE, "run", MethodTypeDesc.of(ConstantDescs.CD_void)))
        .return_();
  }

  /**
   * The classes with checks in them. A class that cannot be rewritten stays as it is: it runs, and
   * only cannot be stopped.
   *
   * @param loader finds the classes that those refer to
   */
  static ClassBytecodes[] weave(ClassBytecodes[] classes, @Nullable ClassLoader loader) {
    Map<String, byte[]> together = new HashMap<>();
    for (ClassBytecodes each : classes) {
      together.put(each.name().replace('.', '/') + ".class", each.bytecodes());
    }
    var hierarchy =
        ClassHierarchyResolver.ofResourceParsing(type -> open(type, together, loader)).cached();
    ClassFile context = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassBytecodes[] woven = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      woven[i] = weave(classes[i], context);
    }
    return woven;
  }

  private static ClassBytecodes weave(ClassBytecodes original, ClassFile context) {
    try {
      byte[] bytes =
          context.transformClass(
              context.parse(original.bytecodes()),
              ClassTransform.transformingMethodBodies(
                  CodeTransform.ofStateful(Weaver::new).andThen(SerializableLambdas.transform())));
      return new ClassBytecodes(original.name(), bytes);
    } catch (IllegalArgumentException e) {
      return original;
    }
  }

  private static @Nullable InputStream open(
      ClassDesc type, Map<String, byte[]> together, @Nullable ClassLoader loader) {
    String descriptor = type.descriptorString();
    String resource = descriptor.substring(1, descriptor.length() - 1) + ".class";
    byte[] bytes = together.get(resource);
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    return loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource);
  }

  private static final class Weaver implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();

    @Override
    public void atStart(CodeBuilder code) {
      check(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction branch when passed.contains(branch.target()) -> check(code);
        default -> {}
      }
      code.with(element);
    }

    private static void check(CodeBuilder code) {
      code.invokestatic(STOP, "check", ConstantDescs.MTD_void);
    }
  }
}
