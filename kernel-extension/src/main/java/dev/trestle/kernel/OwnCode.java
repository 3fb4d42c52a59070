package dev.trestle.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a kernel runs for each cell and its users' code hardly calls: javac, JShell, the protocol.
 *
 * <p>The compilers shall be done with it early. As any hot code it would be compiled by C1 with
 * counters, then by C2, which is busy with javac for the first hundreds of cells and takes as much
 * processor time as they do. C1's own code is fast enough. So the rehearsal compiles nothing else,
 * and by C1 without counters; the start cache keeps that (JEP 515), and a JVM that uses it compiles
 * a method which it finds there likewise and never again ({@code trained_transition_from_none} in
 * HotSpot's {@code compilationPolicy.cpp}, JDK 25). Code of users, and what it calls, is compiled
 * as in any JVM.
 *
 * <p>A first result takes a quarter less processor time, the first two hundred cells take 40% less.
 */
final class OwnCode implements AutoCloseable {
  private static final List<String> PACKAGES =
      List.of(
          "com/sun/source",
          "com/sun/tools/javac",
          "dev/trestle/kernel",
          "io/github/spencerpark",
          "java/lang/classfile",
          "java/lang/module",
          "javax/lang/model",
          "javax/tools",
          "jdk/internal/classfile",
          "jdk/internal/jimage",
          "jdk/internal/jrtfs",
          "jdk/internal/loader",
          "jdk/internal/module",
          "jdk/jshell",
          "jdk/nio/zipfs",
          "org/zeromq",
          "zmq");

  private final Path directives;

  OwnCode() throws IOException {
    directives = Files.createTempFile("trestle", ".json");
    String patterns =
        PACKAGES.stream().map("\"%s/*.*\""::formatted).collect(Collectors.joining(", "));
    Files.writeString(
        directives,
        """
        [{match: [%s], c1: {Exclude: false}},
         {match: ["*.*"], c1: {Exclude: true}}]
        """
            .formatted(patterns));
  }

  /** What a rehearsal needs to compile only this. */
  List<String> rehearsalFlags() {
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:CompilerDirectivesFile=" + directives,
        "-XX:+AOTRecordTraining");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(directives);
  }
}
