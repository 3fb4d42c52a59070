package dev.trestle.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes each lambda and method reference of a class serializable, whatever its type: a {@code
 * Function} or {@code Comparator} of a notebook can then be sent to a worker.
 *
 * <p>javac asks {@link LambdaMetafactory#metafactory} for a lambda, and {@code altMetafactory} with
 * a flag for one whose type is Serializable; here all are asked for in the second way. No method is
 * added: who rebuilds a lambda reads the call site in the class file.
 */
public final class SerializableLambdas {
  private static final ClassDesc FACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");

  private static final DirectMethodHandleDesc ALT_METAFACTORY =
      ConstantDescs.ofCallsiteBootstrap(
          FACTORY,
          "altMetafactory",
          ConstantDescs.CD_CallSite,
          ConstantDescs.CD_Object.arrayType());

  /** Where altMetafactory has its flags, behind the three arguments of metafactory. */
  private static final int FLAGS = 3;

  private SerializableLambdas() {}

  /** The change, for who rewrites a class in other ways too. */
  public static CodeTransform transform() {
    return SerializableLambdas::accept;
  }

  /**
   * The class file with the change; the same array if there is nothing to change.
   *
   * @param loader finds the classes that this one refers to
   */
  public static byte[] rewrite(byte[] classFile, ClassLoader loader) {
    var hierarchy =
        ClassHierarchyResolver.defaultResolver()
            .orElse(ClassHierarchyResolver.ofResourceParsing(loader).cached());
    ClassFile context = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = context.parse(classFile);
    return hasPlainLambdas(model.constantPool())
        ? context.transformClass(model, ClassTransform.transformingMethodBodies(transform()))
        : classFile;
  }

  private static boolean hasPlainLambdas(ConstantPool pool) {
    for (int i = 0; i < pool.bootstrapMethodCount(); i++) {
      var entry = pool.bootstrapMethodEntry(i);
      List<ConstantDesc> arguments = new ArrayList<>();
      entry.arguments().forEach(each -> arguments.add(each.constantValue()));
      if (isPlain(entry.bootstrapMethod().asSymbol(), arguments)) {
        return true;
      }
    }
    return false;
  }

  private static void accept(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction call
        && isPlain(call.bootstrapMethod(), call.bootstrapArgs())) {
      code.invokedynamic(
          DynamicCallSiteDesc.of(
              ALT_METAFACTORY,
              call.name().stringValue(),
              call.typeSymbol(),
              flagged(call.bootstrapArgs())));
    } else {
      code.with(element);
    }
  }

  private static boolean isPlain(DirectMethodHandleDesc bootstrap, List<ConstantDesc> arguments) {
    return bootstrap.owner().equals(FACTORY)
        && (arguments.size() == FLAGS
            || ((int) arguments.get(FLAGS) & LambdaMetafactory.FLAG_SERIALIZABLE) == 0);
  }

  private static ConstantDesc[] flagged(List<ConstantDesc> arguments) {
    List<ConstantDesc> flagged = new ArrayList<>(arguments);
    if (flagged.size() == FLAGS) {
      flagged.add(LambdaMetafactory.FLAG_SERIALIZABLE);
    } else {
      flagged.set(FLAGS, (int) flagged.get(FLAGS) | LambdaMetafactory.FLAG_SERIALIZABLE);
    }
    return flagged.toArray(ConstantDesc[]::new);
  }
}
