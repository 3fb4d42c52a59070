package dev.trestle.kernel.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finding jars in a repository that is a folder made by the test: nothing comes over a network. */
class JarsTest {
  private static final String LOCAL_REPOSITORY = "maven.repo.local"; // Maven's own property

  private final String group = "org.example";
  @TempDir private Path folder;
  @TempDir private Path local;
  private Map<String, String> repository = Map.of();

  @AfterEach
  void forgetTheLocalRepository() {
    System.clearProperty(LOCAL_REPOSITORY);
  }

  @BeforeEach
  void fillTheRepository() throws IOException {
    System.setProperty(LOCAL_REPOSITORY, local.toString());
    repository = Map.of("made-by-a-test", folder.toUri().toString());
    deploy("leaf", "1", "jar", "");
    deploy("leaf", "2", "jar", "");
    deploy("bundled", "1", "bundle", dependency("leaf", "1", ""));
    deploy("testing", "1", "jar", "");
    deploy("given", "1", "jar", "");
    deploy(
        "top",
        "1",
        "jar",
        dependency("bundled", "1", "")
            + dependency("testing", "1", "<scope>test</scope>")
            + dependency("given", "1", "<scope>provided</scope>"));
    deployPom(
        "bom",
        "1",
        "pom",
        "<dependencyManagement><dependencies>%s</dependencies></dependencyManagement>"
            .formatted(dependency("leaf", "2", "")));
    deployPom("parent", "1", "pom", "<properties><leaf.version>2</leaf.version></properties>");
  }

  private String dependency(String name, String version, String more) {
    String versionElement = version.isEmpty() ? "" : "<version>" + version + "</version>";
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s%s</dependency>"
        .formatted(group, name, versionElement, more);
  }

  private void deploy(String name, String version, String packaging, String dependencies)
      throws IOException {
    Path file =
        deployPom(name, version, packaging, "<dependencies>" + dependencies + "</dependencies>");
    String jar = file.getFileName().toString().replace(".pom", ".jar");
    new JarOutputStream(Files.newOutputStream(file.resolveSibling(jar))).close();
  }

  private Path deployPom(String name, String version, String packaging, String content)
      throws IOException {
    Path target =
        Files.createDirectories(
            folder.resolve(group.replace('.', '/')).resolve(name).resolve(version));
    return Files.writeString(
        target.resolve("%s-%s.pom".formatted(name, version)),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
          <packaging>%s</packaging>
          %s
        </project>
        """
            .formatted(group, name, version, packaging, content));
  }

  private List<String> found(String... coordinates) {
    return names(new Wanted(List.of(coordinates), null, List.of(), repository));
  }

  private List<String> foundForPom(String content, String... scopes) {
    String pom =
        "<project><modelVersion>4.0.0</modelVersion>%s<artifactId>cell</artifactId>"
                .formatted(
                    content.contains("<parent>") ? "" : "<groupId>a</groupId><version>1</version>")
            + content
            + "</project>";
    return names(new Wanted(List.of(), pom, List.of(scopes), repository));
  }

  private static List<String> names(Wanted wanted) {
    return Jars.of(wanted).stream().map(jar -> jar.getFileName().toString()).toList();
  }

  @Test
  void dependenciesComeAlongWhateverTheirPackagingIsCalled() {
    assertEquals(List.of("top-1.jar", "bundled-1.jar", "leaf-1.jar"), found(group + ":top:1"));
  }

  @Test
  void ofTwoVersionsThereIsOne() {
    assertEquals(
        List.of("leaf-2.jar", "bundled-1.jar"), found(group + ":leaf:2", group + ":bundled:1"));
  }

  @Test
  void aPomsExclusionsHold() {
    String exclusion =
        "<exclusions><exclusion><groupId>*</groupId><artifactId>leaf</artifactId></exclusion></exclusions>";
    assertEquals(
        List.of("bundled-1.jar"),
        foundForPom("<dependencies>" + dependency("bundled", "1", exclusion) + "</dependencies>"));
  }

  @Test
  void aBomDeterminesVersions() {
    assertEquals(
        List.of("bundled-1.jar", "leaf-2.jar"),
        foundForPom(
            "<dependencyManagement><dependencies>"
                + dependency("bom", "1", "<type>pom</type><scope>import</scope>")
                + "</dependencies></dependencyManagement><dependencies>"
                + dependency("bundled", "1", "")
                + "</dependencies>"));
  }

  @Test
  void aParentIsReadFromTheRepository() {
    assertEquals(
        List.of("leaf-2.jar"),
        foundForPom(
            "<parent><groupId>%s</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                    .formatted(group)
                + "<dependencies>"
                + dependency("leaf", "${leaf.version}", "")
                + "</dependencies>"));
  }

  @Test
  void scopesOfAPomCanBeChosen() {
    String dependencies =
        "<dependencies>"
            + dependency("leaf", "1", "")
            + dependency("testing", "1", "<scope>test</scope>")
            + "</dependencies>";
    assertEquals(List.of("leaf-1.jar"), foundForPom(dependencies));
    assertEquals(List.of("testing-1.jar"), foundForPom(dependencies, "test"));
  }

  @Test
  void whatIsNotThereIsNamedWithWhereItWasLookedFor() {
    var refused = assertThrows(IllegalArgumentException.class, () -> found(group + ":top:7"));
    assertTrue(refused.getMessage().contains(group + ":top:jar:7"), refused.getMessage());
    assertTrue(refused.getMessage().contains("made-by-a-test (file:"), refused.getMessage());
  }

  @Test
  void whatIsNoCoordinatesIsSaid() {
    var refused = assertThrows(IllegalArgumentException.class, () -> found("tablesaw"));
    assertTrue(refused.getMessage().contains("group:artifact"), refused.getMessage());
  }

  /** Its POMs and jars are in the user's local repository, since this build needs them itself. */
  @Test
  void tablesawIsFoundWithAllThatItNeeds() throws IOException {
    forgetTheLocalRepository();
    repository = Map.of();
    String version = BuildVersion.of("tablesaw");
    List<String> jars = found("tech.tablesaw:tablesaw-core:" + version);
    assertEquals("tablesaw-core-%s.jar".formatted(version), jars.getFirst());
    for (String name : List.of("fastutil-", "RoaringBitmap-", "classgraph-", "univocity-")) {
      assertTrue(jars.stream().anyMatch(jar -> jar.startsWith(name)), name + " in " + jars);
    }
    assertFalse(jars.toString().contains("junit"), jars.toString());
  }
}
