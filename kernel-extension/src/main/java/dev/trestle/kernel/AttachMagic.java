package dev.trestle.kernel;

import dev.trestle.SharedArray;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %attach}. */
@Command(description = "Gives the notebook a shared table or array as a variable.")
final class AttachMagic implements LineMagic {
  @Parameters(paramLabel = "NAME", description = "Of the table or array, as %%tables has it.")
  private String name = "";

  @Option(
      names = "--as",
      paramLabel = "VARIABLE",
      description = "The variable's name, if it is to be another one.")
  private @Nullable String variable;

  @Override
  public List<String> words() {
    return StoredNames.all();
  }

  @Override
  public void run(Host host) throws Exception {
    Object attached = StoredNames.attach(name);
    String called = variable == null ? variableFor(name) : variable;
    if (!SourceVersion.isName(called) || called.contains(".")) {
      throw new MagicMistake("cannot call a variable '%s'.".formatted(called));
    }
    define(host, called, attached);
    host.screen()
        .say("%s is %s".formatted(called, attached.toString().lines().toList().getFirst()));
  }

  static void define(Host host, String variable, Object shared) throws Exception {
    String type = shared instanceof SharedArray ? "SharedArray" : "SharedTable";
    host.define("dev.trestle." + type, variable, shared);
  }

  /** A table's name with what no variable's name can have replaced: {@code genome_by_CHROM}. */
  static String variableFor(String name) {
    String called = name.replaceAll("\\W", "_");
    boolean isName = SourceVersion.isName(called) && !called.equals("_");
    return isName ? called : "_" + called;
  }
}
