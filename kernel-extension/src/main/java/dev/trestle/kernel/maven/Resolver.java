package dev.trestle.kernel.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.MavenUserHome;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.jspecify.annotations.Nullable;

/**
 * Maven's resolver. Loaded by {@link Jars} in the class loader of Maven's libraries, so its one
 * method speaks in types of the JDK.
 */
public final class Resolver {
  private static final Set<String> IN_A_CLASS_PATH = Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME);

  private Resolver() {}

  /** See {@link Jars#of} and {@link Wanted}. */
  public static List<String> resolve(
      List<String> coordinates,
      @Nullable String pom,
      List<String> scopes,
      Map<String, String> repositories) {
    ContextOverrides settings = ContextOverrides.create().withUserSettings(true).build();
    try (Context maven = new StandaloneStaticRuntime().create(settings)) {
      RepositorySystem system = maven.repositorySystem();
      var session = new DefaultRepositorySystemSession(maven.repositorySystemSession());
      session.setOffline(session.isOffline() || isOffline(maven.mavenUserHome()));
      List<RemoteRepository> remotes = new ArrayList<>(maven.remoteRepositories());
      // With the settings' mirrors and credentials.
      remotes.addAll(
          system.newResolutionRepositories(
              session,
              repositories.entrySet().stream()
                  .map(each -> repository(each.getKey(), each.getValue()))
                  .toList()));
      CollectRequest wanted = new CollectRequest().setRepositories(remotes);
      for (String each : coordinates) {
        wanted.addDependency(new Dependency(artifact(each), JavaScopes.RUNTIME));
      }
      if (pom != null) {
        addDependencies(pom, scopes, wanted, system, session);
      }
      return resolve(wanted, system, session);
    }
  }

  /** Of the user's settings MIMA 2.4 takes mirrors, proxies and servers, but not this. */
  private static boolean isOffline(MavenUserHome home) {
    Path file = home.settingsXml();
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new SettingsXpp3Reader().read(in).isOffline();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read Maven's settings " + file, e);
    } catch (XmlPullParserException e) {
      throw new IllegalArgumentException(
          "Maven's settings %s are no settings: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<String> resolve(
      CollectRequest wanted, RepositorySystem system, DefaultRepositorySystemSession session) {
    var filter = DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME);
    try {
      return system
          .resolveDependencies(session, new DependencyRequest(wanted, filter))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(each -> each.getExtension().equals("jar"))
          .map(each -> each.getFile().getAbsolutePath())
          .distinct()
          .toList();
    } catch (RepositoryException e) {
      throw refused(e, wanted.getRepositories());
    }
  }

  private static RemoteRepository repository(String id, String url) {
    return new RemoteRepository.Builder(id, "default", url).build();
  }

  private static Artifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not of the form group:artifact[:extension[:classifier]]:version"
              .formatted(coordinates),
          e);
    }
  }

  /**
   * Adds what a POM depends on, with the versions, exclusions and repositories that it, its parents
   * and the BOMs that it imports determine.
   */
  private static void addDependencies(
      String pom,
      List<String> scopes,
      CollectRequest wanted,
      RepositorySystem system,
      DefaultRepositorySystemSession session) {
    try {
      Path file = Files.createTempFile("notebook", ".pom");
      try {
        Files.writeString(file, pom);
        Artifact cell = new DefaultArtifact("notebook", "cell", "pom", "1");
        session.setWorkspaceReader(new OnePom(cell, file));
        ArtifactDescriptorResult read =
            system.readArtifactDescriptor(
                session, new ArtifactDescriptorRequest(cell, wanted.getRepositories(), "notebook"));
        if (!read.getExceptions().isEmpty()) {
          throw new IllegalArgumentException(
              "the POM cannot be read: " + read.getExceptions().getFirst().getMessage());
        }
        for (Dependency each : read.getDependencies()) {
          boolean fits =
              scopes.isEmpty()
                  ? IN_A_CLASS_PATH.contains(each.getScope())
                  : scopes.contains(each.getScope());
          if (fits) {
            // Of whatever scope: asked for by name, it is to be in the class path.
            wanted.addDependency(each.setScope(JavaScopes.RUNTIME).setOptional(false));
          }
        }
        read.getManagedDependencies().forEach(wanted::addManagedDependency);
        List<RemoteRepository> all = new ArrayList<>(wanted.getRepositories());
        all.addAll(system.newResolutionRepositories(session, read.getRepositories()));
        wanted.setRepositories(all);
      } finally {
        Files.delete(file);
      }
    } catch (RepositoryException e) {
      throw refused(e, wanted.getRepositories());
    } catch (IOException e) {
      throw new UncheckedIOException("the POM cannot be written to a temporary file", e);
    }
  }

  private static IllegalArgumentException refused(
      RepositoryException failure, List<RemoteRepository> asked) {
    String where =
        asked.stream()
            .map(each -> "%s (%s)".formatted(each.getId(), each.getUrl()))
            .collect(Collectors.joining(", "));
    // Without the cause: its classes are of a class loader that nobody else knows.
    return new IllegalArgumentException("%s. Asked: %s".formatted(failure.getMessage(), where));
  }
}
