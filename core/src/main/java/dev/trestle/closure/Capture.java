package dev.trestle.closure;

import dev.trestle.closure.GraphWriter.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
  private final ClassFiles classFiles;
  private final CodePlans plans;
  private final Outgoing outgoing;
  private final Holders holders;
  private final Map<String, Class<?>> types = new HashMap<>();
  private final List<Setting> settings = new ArrayList<>();

  /** In the order in which they were found. */
  private final Set<Variable> variables = new LinkedHashSet<>();

  private CodePlan plan = CodePlan.NOTHING;

  Capture(Cargo cargo, ClassFiles classFiles, CodePlans plans, StandIns replacement) {
    this.cargo = cargo;
    this.classFiles = classFiles;
    this.plans = plans;
    this.outgoing = new Outgoing(replacement);
    this.holders = new Holders(cargo);
  }

  Message encode(@Nullable Object root) {
    try (var survey = new Survey(outgoing, holders)) {
      survey.visit(new Holder.Root(cargo.subject, root));
      if (cargo.bringsCode) {
        followCode(survey);
      }
      outgoing.share();
      return write(survey, root);
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
    return plan.loaders();
  }

  private void followCode(Survey survey) throws IOException {
    Seen start = survey.take();
    CodePlan known = plans.get(start);
    Seen all = start;
    if (known != null && known.isCurrent(classFiles)) {
      for (Variable each : known.variables()) {
        visit(survey, each);
      }
      Seen more = survey.take();
      if (more.isPartOf(known.seen())) {
        plan = known;
        return;
      }
      all = start.and(more);
    }
    plan = walk(survey, all);
    plans.put(start, plan);
  }

  private CodePlan walk(Survey survey, Seen first) throws IOException {
    var walk = new CodeWalk(classFiles);
    Seen all = first;
    for (Seen next = first; next != null; next = visitNew(survey, walk)) {
      all = all.and(next);
      next.types().forEach(type -> types.put(type.getName(), type));
      for (Class<?> type : next.types()) {
        if (!NotebookClass.isWrapper(type)) {
          walk.reach(type, null);
        }
      }
      next.lambdas().forEach(lambda -> reach(walk, lambda));
    }
    return CodePlan.of(all, List.copyOf(variables), walk.shipped(), walk.loaders());
  }

  /**
   * What the values of the variables have of code that the walk has come to; null if it has not.
   */
  private @Nullable Seen visitNew(Survey survey, CodeWalk walk) throws IOException {
    Variable next = walk.nextVariable();
    if (next == null) {
      return null;
    }
    if (!variables.contains(next)) {
      visit(survey, next);
    }
    return survey.take();
  }

  private void visit(Survey survey, Variable variable) throws IOException {
    variables.add(variable);
    Setting setting = new Setting(variable, variable.value());
    if (!variable.canBeMadeAgain() || setting.isConstant() || canTravel(setting.value())) {
      survey.visit(new Holder.OfVariable(variable, setting.value()));
      settings.add(setting);
    }
  }

  /** Finds out beforehand, without a trace in the survey. */
  private boolean canTravel(@Nullable Object value) throws IOException {
    try (var trial = new Survey(outgoing, new Holders(cargo))) {
      trial.visit(new Holder.Root(cargo.subject, value));
      return true;
    } catch (CaptureException | StackOverflowError e) {
      return false;
    }
  }

  private void reach(CodeWalk walk, LambdaSite lambda) {
    Class<?> home = types.get(lambda.home());
    if (home == null || !NotebookClass.isFromOwnLoader(home)) {
      return;
    }
    // The home's own code is none of the lambda's.
    walk.reach(home, null);
    try {
      ClassLoader loader = home.getClassLoader();
      walk.reach(Class.forName(binaryName(lambda.interfaceType()), false, loader), null);
      walk.reachMethod(
          Class.forName(binaryName(lambda.implementationOwner()), false, loader),
          lambda.implementationMethod(),
          null);
    } catch (ClassNotFoundException e) {
      throw new CaptureException("the code of a lambda in %s is gone".formatted(home.getName()), e);
    }
  }

  private Message write(Survey survey, @Nullable Object root) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Shipment.begin(bytes, plan.code());
    byte[] brief =
        survey.plainObjects().isEmpty()
            ? new BriefWriter(outgoing, survey::isNotebookType).write(settings, root)
            : null;
    bytes.write(brief == null ? Shipment.GRAPH : Shipment.BRIEF);
    if (brief != null) {
      bytes.writeBytes(brief);
    } else {
      try (var writer = new GraphWriter(bytes, outgoing, survey::isNotebookType)) {
        writer.writeGraph(survey.plainObjects(), settings, root);
      }
    }
    return new Message(bytes.toByteArray(), plan.code());
  }

  private static String binaryName(String internalName) {
    return internalName.replace('/', '.');
  }
}
