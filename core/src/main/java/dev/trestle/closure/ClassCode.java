package dev.trestle.closure;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a class file says about the code in it. */
final class ClassCode {

  /** One thing that a method body uses; owners are binary names. */
  sealed interface Use {
    record Type(String name) implements Use {}

    record Call(String owner, String method) implements Use {}

    record StaticRead(String owner, String field) implements Use {}
  }

  private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([^;<]+);");

  private final byte[] bytes;
  private final Set<String> namedClasses;
  private final Map<String, Set<Use>> uses;
  private volatile @Nullable CodePiece piece;

  private ClassCode(byte[] bytes, Set<String> namedClasses, Map<String, Set<Use>> uses) {
    this.bytes = bytes;
    this.namedClasses = namedClasses;
    this.uses = uses;
  }

  /** The class file under its key, which is computed once. */
  CodePiece piece() {
    CodePiece known = piece;
    if (known == null) {
      known = CodePiece.of(bytes);
      piece = known;
    }
    return known;
  }

  /** Each class that the file names anywhere: linking it in another JVM may load any of them. */
  Set<String> namedClasses() {
    return namedClasses;
  }

  /** The methods, as {@link #key} names them. */
  Set<String> methods() {
    return uses.keySet();
  }

  /** What a method's body uses; nothing if the class does not declare it. */
  Set<Use> usesOf(String method) {
    return uses.getOrDefault(method, Set.of());
  }

  static ClassCode parse(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    Map<String, Set<Use>> uses = new HashMap<>();
    for (MethodModel method : model.methods()) {
      uses.put(
          method.methodName().stringValue() + method.methodType().stringValue(), usesOf(method));
    }
    return new ClassCode(bytes, Set.copyOf(namedClasses(model)), Map.copyOf(uses));
  }

  /** How this class tells methods apart. */
  static String key(String method, String descriptor) {
    return method + descriptor;
  }

  private static Set<String> namedClasses(ClassModel model) {
    Set<String> names = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> names.addAll(classesIn(type));
        case NameAndTypeEntry member -> names.addAll(classesIn(member.type().stringValue()));
        case MethodTypeEntry type -> names.addAll(classesIn(type.descriptor().stringValue()));
        default -> {}
      }
    }
    for (FieldModel field : model.fields()) {
      names.addAll(classesIn(field.fieldType().stringValue()));
    }
    for (MethodModel method : model.methods()) {
      names.addAll(classesIn(method.methodType().stringValue()));
    }
    return names;
  }

  private static Set<Use> usesOf(MethodModel method) {
    var uses = new LinkedHashSet<Use>();
    method
        .code()
        .ifPresent(code -> {
          for (CodeElement element : code) {
            addUses(element, uses);
          }
        });
    return uses;
  }

  private static void addUses(CodeElement element, Set<Use> uses) {
    switch (element) {
      case FieldInstruction field ->
          addField(field.field(), field.opcode() == Opcode.GETSTATIC, uses);
      case InvokeInstruction call -> addCall(call.method(), uses);
      case InvokeDynamicInstruction call -> {
        // The type that a lambda takes on: its default methods may be called from compiled code.
        addTypes(call.type().stringValue(), uses);
        call.invokedynamic().bootstrap().arguments().forEach(each -> addConstant(each, uses));
        addConstant(call.invokedynamic().bootstrap().bootstrapMethod(), uses);
      }
      case LoadConstantInstruction load -> addConstant(load.constantEntry(), uses);
      case NewObjectInstruction creation -> addType(creation.className(), uses);
      case NewReferenceArrayInstruction creation -> addType(creation.componentType(), uses);
      case NewMultiArrayInstruction creation -> addType(creation.arrayType(), uses);
      case TypeCheckInstruction check -> addType(check.type(), uses);
      case ExceptionCatch handler -> handler.catchType().ifPresent(type -> addType(type, uses));
      default -> {}
    }
  }

  private static void addConstant(LoadableConstantEntry constant, Set<Use> uses) {
    switch (constant) {
      case ClassEntry type -> addType(type, uses);
      case MethodTypeEntry type -> addTypes(type.descriptor().stringValue(), uses);
      case MethodHandleEntry handle -> {
        switch (handle.reference()) {
          case FieldRefEntry field ->
              addField(
                  field, handle.kind() == DirectMethodHandleDesc.Kind.STATIC_GETTER.refKind, uses);
          case MemberRefEntry method -> addCall(method, uses);
        }
      }
      case ConstantDynamicEntry computed -> {
        addTypes(computed.type().stringValue(), uses);
        computed.bootstrap().arguments().forEach(each -> addConstant(each, uses));
        addConstant(computed.bootstrap().bootstrapMethod(), uses);
      }
      default -> {}
    }
  }

  private static void addField(FieldRefEntry field, boolean isStaticRead, Set<Use> uses) {
    addType(field.owner(), uses);
    if (isStaticRead) {
      for (String owner : classesIn(field.owner())) {
        uses.add(new Use.StaticRead(owner, field.name().stringValue()));
      }
    }
  }

  private static void addCall(MemberRefEntry method, Set<Use> uses) {
    for (String owner : classesIn(method.owner())) {
      uses.add(new Use.Call(owner, key(method.name().stringValue(), method.type().stringValue())));
    }
  }

  private static void addType(ClassEntry type, Set<Use> uses) {
    classesIn(type).forEach(name -> uses.add(new Use.Type(name)));
  }

  private static void addTypes(String descriptor, Set<Use> uses) {
    classesIn(descriptor).forEach(name -> uses.add(new Use.Type(name)));
  }

  /** A class entry holds an internal name, or for an array a descriptor. */
  private static List<String> classesIn(ClassEntry type) {
    String name = type.asInternalName();
    return name.startsWith("[") ? classesIn(name) : classesIn("L" + name + ";");
  }

  /** The classes in a descriptor, without the JDK's: those never come from a notebook. */
  private static List<String> classesIn(String descriptor) {
    Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
    return matcher
        .results()
        .map(match -> match.group(1).replace('/', '.'))
        .filter(name -> !name.startsWith("java."))
        .toList();
  }
}
