package dev.trestle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM that does as it is told, line by line: what two processes do to one store can only be
 * seen with two processes.
 */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;

  ChildJvm(Class<?> main, Object... arguments) throws IOException {
    this(List.of(), main, arguments);
  }

  /** One with flags of its own. */
  ChildJvm(List<String> flags, Class<?> main, Object... arguments) throws IOException {
    this(flags, System.getProperty("java.class.path"), main, arguments);
  }

  /** One with a class path of its own. */
  ChildJvm(List<String> flags, String classPath, Class<?> main, Object... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
  }

  void say(String line) {
    in.println(line);
  }

  void endInput() {
    in.close();
  }

  /** The next line that the child prints; null at its end. */
  String hear() throws IOException {
    return out.readLine();
  }

  long pid() {
    return process.pid();
  }

  void killMinus9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Kills the child; what it has said before can still be heard. */
  void killMinus9Unheard() {
    process.toHandle().destroyForcibly(); // of a Process it closes the streams
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
  }

  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    killMinus9();
  }
}
