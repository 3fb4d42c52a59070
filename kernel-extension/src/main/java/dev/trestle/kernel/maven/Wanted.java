package dev.trestle.kernel.maven;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be found.
 *
 * @param coordinates each as {@code group:artifact[:extension[:classifier]]:version}
 * @param pom the text of a POM whose dependencies are wanted as well
 * @param scopes of those of the POM; empty for what a program needs to run
 * @param repositories further ones, URLs by id, asked beside those of the settings
 */
public record Wanted(
    List<String> coordinates,
    @Nullable String pom,
    List<String> scopes,
    Map<String, String> repositories) {
  public Wanted {
    coordinates = List.copyOf(coordinates);
    scopes = List.copyOf(scopes);
    repositories = Map.copyOf(repositories);
  }
}
