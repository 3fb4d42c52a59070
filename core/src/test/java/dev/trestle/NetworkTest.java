package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.namespace.ChronicleFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That nothing is said over a network, seen from outside: the system calls about sockets. */
@Tag("slow")
@Timeout(240)
class NetworkTest {
  private static final Path STRACE = Path.of("/usr/bin/strace");

  private static final Pattern CALL = Pattern.compile("^(?:\\d+ +)?([a-z0-9]+)\\((.*)$");

  @TempDir Path folder;

  @Test
  void sharingWorkersAndNamespaceUseUnixSocketsOnly() throws Exception {
    assumeTrue(Files.isExecutable(STRACE), "there is no strace");
    Path trace = folder.resolve("trace");
    List<String> calls = calls(trace);
    assertTrue(calls.stream().anyMatch(c -> c.startsWith("connect(")), "workers have connected");
    List<String> others = calls.stream().filter(call -> !isLocal(call)).toList();
    assertEquals(List.of(), others);
  }

  private List<String> calls(Path trace) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                STRACE.toString(),
                "--follow-forks",
                "--decode-fds=socket",
                "--seccomp-bpf",
                "--trace=socket,socketpair,connect,bind,listen,accept,accept4,sendto,sendmsg,sendmmsg",
                "--quiet=all",
                "--signal=none",
                "--output=" + trace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(ChronicleFlags.all());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            NetworkCommands.class.getName(),
            folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.inputReader()) {
      assertEquals("[7.0, 8.0] 3 3 6 3", String.join("\n", out.lines().toList()));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.waitFor());
    return Files.readAllLines(trace).stream()
        .map(CALL::matcher)
        .filter(Matcher::matches)
        .map(call -> call.group(1) + "(" + call.group(2))
        .toList();
  }

  /**
   * A socket of the internet that nobody binds, connects or writes to goes nowhere: the JDK opens
   * some to see what the system can do, and closes them (IPv6_supported and reuseport_available in
   * its libnet, LinuxSocketOptions).
   */
  private static boolean isLocal(String call) {
    return call.contains("UNIX") || call.matches("socket\\(AF_INET6?, SOCK_STREAM, .*");
  }
}
