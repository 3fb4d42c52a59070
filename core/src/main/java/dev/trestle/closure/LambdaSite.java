package dev.trestle.closure;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The place in a class file where a lambda is made; the same for all lambdas made there. Types and
 * methods are written as in class files.
 *
 * @param home the class, by its binary name
 * @param implementation owner, name and descriptor of the method with the lambda's body
 */
record LambdaSite(
    String home,
    String interfaceType,
    String interfaceMethod,
    String erasedType,
    String instantiatedType,
    int implementationKind,
    String implementation)
    implements Serializable {

  /** Where altMetafactory has its flags; metafactory has no such argument. */
  private static final int FLAGS = 3;

  /** What makes the lambdas of a class. */
  private static final ClassValue<Map<LambdaSite, MethodHandle>> MAKERS =
      new ClassValue<>() {
        @Override
        protected Map<LambdaSite, MethodHandle> computeValue(Class<?> home) {
          return new ConcurrentHashMap<>();
        }
      };

  static LambdaSite of(SerializedLambda lambda) {
    return new LambdaSite(
        lambda.getCapturingClass().replace('/', '.'),
        lambda.getFunctionalInterfaceClass(),
        lambda.getFunctionalInterfaceMethodName(),
        lambda.getFunctionalInterfaceMethodSignature(),
        lambda.getInstantiatedMethodType(),
        lambda.getImplMethodKind(),
        lambda.getImplClass() + "." + lambda.getImplMethodName() + lambda.getImplMethodSignature());
  }

  String implementationOwner() {
    return implementation.substring(0, implementation.indexOf('.'));
  }

  /** The method with the body, as {@link ClassCode#key} names it. */
  String implementationMethod() {
    return implementation.substring(implementation.indexOf('.') + 1);
  }

  /** Makes a lambda with what it is to have captured. */
  Object make(@Nullable Object[] captured, ClassLoader loader) throws ClassNotFoundException {
    Class<?> type = Class.forName(home, false, loader);
    try {
      return MAKERS
          .get(type)
          .computeIfAbsent(this, site -> site.maker(type))
          .invokeWithArguments(captured);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CaptureException("a lambda of %s cannot be made again".formatted(home), e);
    }
  }

  /** Links the call site once more, as the JVM does when the code there first runs. */
  private MethodHandle maker(Class<?> type) {
    try (InputStream file =
        type.getClassLoader().getResourceAsStream(home.replace('.', '/') + ".class")) {
      byte[] bytes = Objects.requireNonNull(file, "its class file is gone").readAllBytes();
      for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
        if (entry instanceof InvokeDynamicEntry call && isHere(call)) {
          return link(call, HomeLookup.in(type));
        }
      }
      throw new CaptureException(
          "class %s of this JVM has other lambdas than the one that was sent".formatted(home));
    } catch (IOException | ReflectiveOperationException | LambdaConversionException e) {
      throw new CaptureException("a lambda of %s cannot be made again".formatted(home), e);
    }
  }

  private boolean isHere(InvokeDynamicEntry call) {
    BootstrapMethodEntry bootstrap = call.bootstrap();
    List<ConstantDesc> arguments = arguments(bootstrap);
    return bootstrap
            .bootstrapMethod()
            .asSymbol()
            .owner()
            .equals(LambdaMetafactory.class.describeConstable().orElseThrow())
        && call.name().equalsString(interfaceMethod)
        && returned(call).equals(ClassDesc.ofInternalName(interfaceType))
        && arguments.get(0).equals(MethodTypeDesc.ofDescriptor(erasedType))
        && arguments.get(2).equals(MethodTypeDesc.ofDescriptor(instantiatedType))
        && arguments.get(1) instanceof DirectMethodHandleDesc handle
        && handle.refKind() == implementationKind
        && implementation.equals(
            internalName(handle.owner()) + "." + handle.methodName() + handle.lookupDescriptor());
  }

  private static ClassDesc returned(InvokeDynamicEntry call) {
    return MethodTypeDesc.ofDescriptor(call.type().stringValue()).returnType();
  }

  private static MethodHandle link(InvokeDynamicEntry call, Lookup lookup)
      throws ReflectiveOperationException, LambdaConversionException {
    List<ConstantDesc> descriptions = arguments(call.bootstrap());
    List<Object> arguments = new ArrayList<>();
    for (ConstantDesc each : descriptions) {
      arguments.add(each.resolveConstantDesc(lookup));
    }
    if (arguments.size() == FLAGS) {
      arguments.add(LambdaMetafactory.FLAG_SERIALIZABLE); // a class file as javac wrote it
    }
    MethodType type =
        MethodType.fromMethodDescriptorString(
            call.type().stringValue(), lookup.lookupClass().getClassLoader());
    return LambdaMetafactory.altMetafactory(
            lookup, call.name().stringValue(), type, arguments.toArray())
        .getTarget();
  }

  private static List<ConstantDesc> arguments(BootstrapMethodEntry bootstrap) {
    return bootstrap.arguments().stream().<ConstantDesc>map(each -> each.constantValue()).toList();
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1);
  }
}
