package dev.trestle.kernel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version of a library this build uses, so that it has been fetched already. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The value of the parent POM's property {@code NAME.version}. */
  public static String of(String name) throws IOException {
    Matcher version =
        Pattern.compile("<%1$s.version>(.*)</%1$s.version>".formatted(name))
            .matcher(Files.readString(Path.of("../pom.xml")));
    if (!version.find()) {
      throw new IllegalArgumentException("the parent POM has no version of " + name);
    }
    return version.group(1);
  }
}
