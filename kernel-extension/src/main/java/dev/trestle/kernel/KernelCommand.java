package dev.trestle.kernel;

import dev.trestle.Trestle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that makes the kernel known to Jupyter, and forgotten again. */
@Command(
    name = "kernel",
    description = "Makes the Java (Trestle) kernel known to Jupyter.",
    synopsisSubcommandLabel = "install|uninstall|path|doctor")
public final class KernelCommand {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this text.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  private KernelCommand() {}

  /** Runs one of the subcommands; the exit status is 0 if that went well. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new KernelCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> {
          command.getErr().println("Nothing was changed: " + failure);
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  @Command(description = "Writes the kernelspec, in place of an older one.")
  void install(@Mixin Place place) throws IOException, InterruptedException {
    KernelSpec spec = KernelSpec.ofThisJvm();
    Path folder = spec.installInto(place.dataFolder());
    say("Installed the kernel '%s' in %s".formatted(KernelSpec.NAME, folder));
    if (spec.rehearse()) {
      say("Its start is cached beside its jar.");
    }
    if (Trestle.prepareWorkers()) {
      say("The start of its workers is cached too.");
    }
  }

  @Command(description = "Removes the kernelspec.")
  void uninstall(@Mixin Place place) throws IOException, InterruptedException {
    Path dataFolder = place.dataFolder();
    boolean found = KernelSpec.uninstallFrom(dataFolder);
    Path folder = KernelSpec.folder(dataFolder);
    say(found ? "Removed " + folder : "There is no kernel in " + folder);
  }

  @Command(description = "Prints the folder of the kernelspec.")
  void path(@Mixin Place place) throws IOException, InterruptedException {
    say(KernelSpec.folder(place.dataFolder()).toString());
  }

  @Command(description = "Says what is found, what is missing and what to do about it.")
  int doctor() throws InterruptedException {
    List<Doctor.Finding> findings = Doctor.ofThisMachine().findings();
    findings.forEach(finding -> say(finding.toString()));
    return findings.stream().allMatch(finding -> finding.remedy() == null) ? 0 : 1;
  }

  private void say(String sentence) {
    spec.commandLine().getOut().println(sentence);
  }

  /** One of the places where Jupyter looks for kernels. */
  static final class Place {
    @ArgGroup private Choice choice = new Choice();

    private static final class Choice {
      @Option(names = "--user", description = "For this user (the default).")
      private boolean user;

      @Option(
          names = "--sys-prefix",
          description = "For the Python on the PATH, such as an activated environment's.")
      private boolean python;

      @Option(
          names = "--prefix",
          paramLabel = "FOLDER",
          description = "Below FOLDER/share/jupyter/kernels.")
      private @Nullable Path prefix;
    }

    Path dataFolder() throws IOException, InterruptedException {
      if (choice.prefix != null) {
        return JupyterFolder.below(choice.prefix.toAbsolutePath().normalize());
      }
      return choice.user || !choice.python ? JupyterFolder.ofUser() : JupyterFolder.ofPython();
    }
  }
}
