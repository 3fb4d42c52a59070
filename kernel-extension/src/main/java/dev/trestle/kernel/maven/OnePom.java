package dev.trestle.kernel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;

/** Gives the resolver the POM of a cell, which is in no repository. */
record OnePom(Artifact artifact, Path file) implements WorkspaceReader {

  @Override
  public WorkspaceRepository getRepository() {
    return new WorkspaceRepository("notebook");
  }

  @Override
  public @Nullable File findArtifact(Artifact asked) {
    boolean isIt =
        asked.getGroupId().equals(artifact.getGroupId())
            && asked.getArtifactId().equals(artifact.getArtifactId())
            && asked.getExtension().equals(artifact.getExtension());
    return isIt ? file.toFile() : null;
  }

  @Override
  public List<String> findVersions(Artifact asked) {
    return findArtifact(asked) == null ? List.of() : List.of(artifact.getVersion());
  }
}
