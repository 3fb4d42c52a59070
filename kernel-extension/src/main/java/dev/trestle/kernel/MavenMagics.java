package dev.trestle.kernel;

import dev.trestle.kernel.maven.Jars;
import dev.trestle.kernel.maven.Wanted;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The magics {@code %maven}, {@code %mavenRepo} and {@code %%loadFromPOM}, with the names, and what
 * else they are called, of IJava's: its own resolver takes a packaging other than {@code jar} for
 * no jar, and so finds no Tablesaw.
 */
final class MavenMagics {
  private static final Usage MAVEN =
      new Usage(
          "maven",
          List.of(
              "%maven GROUP:ARTIFACT:VERSION...   adds these and all that they need",
              "%maven --from ID ...               looks in that %mavenRepo besides the settings'"),
          List.of("--from"));
  private static final Usage REPOSITORY =
      new Usage("mavenRepo", List.of("%mavenRepo ID URL   a repository for --from"), List.of());
  private static final Usage POM =
      new Usage(
          "loadFromPOM",
          List.of(
              "%loadFromPOM FILE [SCOPE...]   adds the dependencies of a POM",
              "%%loadFromPOM [SCOPE...]       adds those of the POM, or the part of one, below"),
          List.of());

  private final Consumer<String> classPath;
  private final Screen screen;
  private final Map<String, String> repositories = new LinkedHashMap<>(); // URLs by id

  /**
   * @param classPath takes paths, separated as in a class path
   */
  MavenMagics(Consumer<String> classPath, Screen screen) {
    this.classPath = classPath;
    this.screen = screen;
  }

  void register(Magics magics) {
    for (String name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
      magics.registerLineMagic(name, this::maven);
    }
    for (String name : List.of("mavenRepo", "addMavenRepo")) {
      magics.registerLineMagic(name, this::repository);
    }
    magics.registerLineMagic("loadFromPOM", this::pomFile);
    magics.registerCellMagic("loadFromPOM", this::pomText);
  }

  private List<String> maven(List<String> arguments) {
    List<String> coordinates = new ArrayList<>();
    Map<String, String> asked = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean isFrom = word.equals("--from");
      if (isFrom && i + 1 == arguments.size()) {
        screen.complain(MAVEN.complain(word));
        return List.of();
      }
      if (isFrom || word.startsWith("--from=")) {
        String id = isFrom ? arguments.get(++i) : word.substring("--from=".length());
        asked.put(id, url(id));
      } else if (word.startsWith("-")) {
        screen.complain(MAVEN.complain(word));
        return List.of();
      } else {
        coordinates.add(word);
      }
    }
    if (coordinates.isEmpty()) {
      screen.complain(MAVEN.complain(String.join(" ", arguments)));
      return List.of();
    }
    Map<String, String> from = asked.isEmpty() ? repositories : asked;
    return add(String.join(", ", coordinates), new Wanted(coordinates, null, List.of(), from));
  }

  private String url(String id) {
    String url = repositories.get(id);
    if (url == null) {
      throw new IllegalArgumentException(
          "there is no repository '%s'; make it known with: %%mavenRepo %s URL".formatted(id, id));
    }
    return url;
  }

  private String repository(List<String> arguments) {
    if (arguments.size() == 2) {
      repositories.put(arguments.getFirst(), arguments.getLast());
    } else {
      screen.complain(REPOSITORY.complain(String.join(" ", arguments)));
    }
    return "";
  }

  private List<String> pomFile(List<String> arguments) {
    if (arguments.isEmpty()) {
      screen.complain(POM.complain(""));
      return List.of();
    }
    Path file = Path.of(arguments.getFirst());
    try {
      return pom(file.toString(), Files.readString(file), arguments.subList(1, arguments.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the POM " + file.toAbsolutePath(), e);
    }
  }

  private List<String> pomText(List<String> scopes, String body) {
    return pom("the POM", whole(body), scopes);
  }

  private List<String> pom(String what, String text, List<String> scopes) {
    return add(what, new Wanted(List.of(), text, scopes, repositories));
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

  private List<String> add(String what, Wanted wanted) {
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
    return jars;
  }
}
