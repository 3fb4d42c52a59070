package dev.trestle.closure;

import dev.trestle.closure.GraphWriter.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way out, with the code and the variables that it needs.
 *
 * <p>Values lead to code (the classes of objects, the bodies of lambdas) and code leads to values
 * (of the variables that it reads); the capture goes back and forth until neither brings anything
 * new.
 */
final class Capture {
  private final Cargo cargo;
  private final CodeWalk walk;
  private final Outgoing outgoing;
  private final Holders holders;
  private final Map<String, Class<?>> types = new HashMap<>();
  private final List<Setting> settings = new ArrayList<>();

  Capture(Cargo cargo, ClassFiles classFiles, StandIns replacement) {
    this.cargo = cargo;
    this.walk = new CodeWalk(classFiles);
    this.outgoing = new Outgoing(replacement);
    this.holders = new Holders(cargo);
  }

  byte[] encode(@Nullable Object root) {
    try (var survey = new Survey(outgoing, holders)) {
      survey.visit(new Holder.Root(cargo.subject, root));
      if (cargo.bringsCode) {
        followCode(survey);
      }
      outgoing.share();
      return write(survey, root).toBytes();
    } catch (IOException e) {
      throw new CaptureException(holders.explain(String.valueOf(e.getMessage())), e);
    } catch (StackOverflowError e) {
      throw new CaptureException(
          holders.explain(
              "its objects hang on each other in too long a chain; put them into a list instead"),
          e);
    }
  }

  /** The notebook's class loaders that took part; empty when all was compiled code. */
  Set<ClassLoader> loaders() {
    return walk.loaders();
  }

  private void followCode(Survey survey) {
    for (Variable next = nextVariable(survey); next != null; next = nextVariable(survey)) {
      Object value = next.value();
      survey.visit(new Holder.OfVariable(next, value));
      settings.add(new Setting(next, value));
    }
  }

  private @Nullable Variable nextVariable(Survey survey) {
    for (Class<?> type : survey.takeTypes()) {
      types.put(type.getName(), type);
      if (!NotebookClass.isWrapper(type)) {
        walk.reach(type, null);
      }
    }
    survey.takeLambdas().forEach(this::reach);
    return walk.nextVariable();
  }

  private void reach(SerializedLambda lambda) {
    Class<?> home = types.get(binaryName(lambda.getCapturingClass()));
    if (home == null || !NotebookClass.isFromOwnLoader(home)) {
      return;
    }
    // The home's own code is in $deserializeLambda$ only, which the worker calls.
    walk.reach(home, null);
    try {
      ClassLoader loader = home.getClassLoader();
      walk.reach(
          Class.forName(binaryName(lambda.getFunctionalInterfaceClass()), false, loader), null);
      walk.reachMethod(
          Class.forName(binaryName(lambda.getImplClass()), false, loader),
          ClassCode.key(lambda.getImplMethodName(), lambda.getImplMethodSignature()),
          null);
    } catch (ClassNotFoundException e) {
      throw new CaptureException("the code of a lambda in %s is gone".formatted(home.getName()), e);
    }
  }

  private Shipment write(Survey survey, @Nullable Object root) throws IOException {
    var graph = new ByteArrayOutputStream();
    try (var writer = new GraphWriter(graph, outgoing, survey::isNotebookType)) {
      writer.writeGraph(survey.plainObjects(), settings, root);
    }
    Map<String, byte[]> classFiles = new HashMap<>();
    walk.shipped().forEach((type, code) -> classFiles.put(type.getName(), code.bytes()));
    return new Shipment(NotebookClass.classPath(walk.loaders()), classFiles, graph.toByteArray());
  }

  private static String binaryName(String internalName) {
    return internalName.replace('/', '.');
  }
}
