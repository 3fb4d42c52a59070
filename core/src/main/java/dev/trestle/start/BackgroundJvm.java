package dev.trestle.start;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small JVM for work that nobody waits for, such as making a cache. */
public final class BackgroundJvm {
  private BackgroundJvm() {}

  /**
   * Such a JVM, not yet started. It yields to whatever else is to be done, reads and says nothing,
   * and outlives this one: a Ctrl-C or a closed terminal is not for it.
   *
   * @param java the command
   * @param arguments flags, main class and its arguments
   */
  public static ProcessBuilder of(Path java, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "trap '' INT HUP; command -v nice >/dev/null && exec nice -n 19 \"$@\"; exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD);
  }
}
