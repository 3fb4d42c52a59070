package dev.trestle.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A real process for the readings to look at; killed on close. */
final class ChildProcess implements AutoCloseable {
  private static final int PAGE = 4096;
  private final Process process;

  private ChildProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static ChildProcess sleeping() throws IOException {
    return new ChildProcess(List.of("sleep", "60"));
  }

  /** A JVM that has mapped the file, shared, and touched every page of it. */
  static ChildProcess mapping(Path file) throws IOException {
    return java("map", file.toString());
  }

  /** A JVM that has used a second of processor time in a child of its own and waited for it. */
  static ChildProcess withABusyChildBehindIt() throws IOException {
    return java("spawn");
  }

  private static ChildProcess java(String... arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    ChildProcess child =
        new ChildProcess(
            Stream.concat(
                    Stream.of(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Child.class.getName()),
                    Stream.of(arguments))
                .toList());
    String ready = child.process.inputReader().readLine();
    if (!"ready".equals(ready)) {
      throw new IllegalStateException("the child said: " + ready);
    }
    return child;
  }

  long pid() {
    return process.pid();
  }

  void killAndWait() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What the child runs. */
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      switch (arguments[0]) {
        case "map" -> touch(Path.of(arguments[1]));
        case "spawn" -> spendProcessorTimeInAChild();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      System.out.println("ready");
      Thread.sleep(60_000);
    }

    private static void touch(Path file) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.global());
        long sum = 0;
        for (long offset = 0; offset < bytes.byteSize(); offset += PAGE) {
          sum += bytes.get(ValueLayout.JAVA_BYTE, offset);
        }
        System.setProperty("touched", Long.toString(sum));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void spendProcessorTimeInAChild() throws Exception {
      // Limited by processor time, not by the clock: the kernel ends it after one second of work.
      new ProcessBuilder("sh", "-c", "ulimit -t 1; while :; do :; done").start().waitFor();
    }
  }
}
