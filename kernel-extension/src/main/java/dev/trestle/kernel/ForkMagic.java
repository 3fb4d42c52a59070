package dev.trestle.kernel;

import dev.trestle.kernel.engine.BlockCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %%fork}. */
@Command(
    description = {
      "Runs the cell in a JVM of its own, with the notebook's variables as they are.",
      "A crash there costs the notebook nothing. Variables that the cell declares or assigns come"
          + " back; what it changes inside of objects stays there."
    })
final class ForkMagic implements CellMagic {
  /** Names that no cell is likely to have. */
  private static final String RESULT = "trestle$forked";

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "The largest heap of that JVM, such as 2g; as this one's unless told.")
  private @Nullable Long heap;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Ends the cell after that time, such as 60s.")
  private @Nullable Duration timeout;

  @Override
  public void run(Host host, String body) throws Exception {
    CellBlock block = CellBlock.of(host, body);
    List<BlockCode.Variable> back = back(block.code(), host.variableNames());
    String key = Handover.leave(new ForkedCell.Terms(heap == null ? 0 : heap, timeout));
    try {
      run(host, block, back, key);
    } finally {
      Handover.forget(key);
    }
  }

  private void run(Host host, CellBlock block, List<BlockCode.Variable> back, String key)
      throws Exception {
    String call =
        "var %s = dev.trestle.kernel.ForkedCell.run(\"%s\", () -> {".formatted(RESULT, key);
    block.run(call, returned -> chain(back, returned), "});");
    String at = RESULT;
    StringBuilder assignments = new StringBuilder();
    for (BlockCode.Variable variable : back) {
      assignments.append(
          "%s%s = %s.first();\n".formatted(declaration(variable), variable.name(), at));
      at += ".rest()";
    }
    Object value = host.run(assignments + at + ".first()");
    host.run(RESULT + " = null;");
    if (value != null) {
      host.showResult(value);
    }
  }

  /** What the lambda returns: each variable, then the value. */
  private static String chain(List<BlockCode.Variable> back, String value) {
    StringBuilder chain = new StringBuilder("dev.trestle.kernel.ForkedCell.of(" + value + ")");
    for (BlockCode.Variable variable : back.reversed()) {
      chain.append(".with(").append(variable.name()).append(")");
    }
    return chain.toString();
  }

  /** What comes back: the variables declared, and those of the notebook that are assigned. */
  private static List<BlockCode.Variable> back(BlockCode code, Set<String> known) {
    List<BlockCode.Variable> back = new ArrayList<>(code.variables());
    Set<String> declared = Set.copyOf(back.stream().map(BlockCode.Variable::name).toList());
    code.assigned().stream()
        .filter(name -> known.contains(name) && !declared.contains(name))
        .sorted()
        .forEach(name -> back.add(new BlockCode.Variable("", name)));
    return back;
  }

  /** Empty for a variable that is there already. */
  private static String declaration(BlockCode.Variable variable) {
    String type = variable.type();
    return type == null ? "var " : type.isEmpty() ? "" : type + " ";
  }
}
