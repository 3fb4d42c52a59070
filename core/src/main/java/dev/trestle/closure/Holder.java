package dev.trestle.closure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Something with a name, known to the user, that holds a value to be sent. */
sealed interface Holder {

  @Nullable Object value();

  String name();

  /** The task, argument or result itself. */
  record Root(String name, @Nullable Object value) implements Holder {}

  record OfVariable(Variable variable, @Nullable Object value) implements Holder {
    @Override
    public String name() {
      return variable.name();
    }
  }

  /** A field of an object that is itself held by something. */
  record OfField(Field field, @Nullable Object value) implements Holder {
    @Override
    public String name() {
      return field.getName();
    }
  }

  /** A local variable, or an enclosing object, that a lambda took with it. */
  record OfLambda(SerializedLambda lambda, int index, @Nullable Object value) implements Holder {

    @Override
    public String name() {
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(lambda.getImplMethodSignature());
      boolean isBody = lambda.getImplMethodName().startsWith("lambda$");
      int receivers = lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic ? 0 : 1;
      if (!isBody) {
        return "the object before '::%s'".formatted(lambda.getImplMethodName());
      }
      if (index < receivers) {
        return "the object around the lambda ('this')";
      }
      ClassDesc declared = type.parameterType(index - receivers);
      String local = localName(type, receivers);
      return "captured local %s (declared %s)"
          .formatted(
              local == null ? "no. " + (index - receivers + 1) : "'" + local + "'",
              declared.displayName());
    }

    /** The name, when the class was compiled with -g:vars; JShell does so only when asked. */
    private @Nullable String localName(MethodTypeDesc type, int receivers) {
      String file = lambda.getImplClass() + ".class";
      int slot = receivers;
      for (int i = 0; i < index - receivers; i++) {
        slot += TypeKind.from(type.parameterType(i)).slotSize();
      }
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      try (InputStream in = context == null ? null : context.getResourceAsStream(file)) {
        if (in == null) {
          return null;
        }
        for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
          if (method.methodName().equalsString(lambda.getImplMethodName())
              && method.code().orElse(null) instanceof CodeAttribute code) {
            return localName(code, slot);
          }
        }
        return null;
      } catch (IOException e) {
        return null;
      }
    }

    private static @Nullable String localName(CodeAttribute code, int slot) {
      return code.findAttribute(Attributes.localVariableTable()).stream()
          .flatMap(table -> table.localVariables().stream())
          .filter(local -> local.slot() == slot && local.startPc() == 0)
          .map(local -> local.name().stringValue())
          .findFirst()
          .orElse(null);
    }
  }
}
