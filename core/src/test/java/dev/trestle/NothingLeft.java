package dev.trestle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a module's test run that leaves a process, or anything in the default store.
 *
 * <p>The parent POM puts two variables into the environment, which whatever the tests start
 * inherits, and keeps if it is orphaned: a mark of this run, and a default store of its own.
 */
public final class NothingLeft implements LauncherSessionListener {
  private static final String MARK = "TRESTLE_TEST_RUN";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    String mark = System.getenv(MARK);
    if (mark == null) {
      return; // not run by Maven
    }
    Path store = Path.of(System.getenv(DefaultFolders.FOLDERS_VARIABLE));
    await(() -> processesWith(MARK, mark).isEmpty() && Files.notExists(store));
    List<String> left = new ArrayList<>(processesWith(MARK, mark));
    if (Files.exists(store)) {
      left.add(store + " with " + List.of(store.toFile().list()));
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("the tests left behind:\n" + String.join("\n", left));
    }
  }

  /** Waits, but not for ever, until something has ended that nobody waits for. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * The processes that have a value in their environment, by process id and command; without this
   * JVM and those that started it.
   */
  static List<String> processesWith(String variable, String value) {
    String entry = variable + "=" + value;
    Set<Long> own =
        Stream.iterate(
                ProcessHandle.current(),
                process -> process != null,
                process -> process.parent().orElse(null))
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> !own.contains(process.pid()))
          .filter(process -> read(process, "environ").contains(entry))
          .map(process -> process.pid() + " " + String.join(" ", read(process, "cmdline")))
          .toList();
    }
  }

  /** See proc(5): texts that each end with a zero byte; none once the process has ended. */
  private static List<String> read(ProcessHandle process, String file) {
    try {
      Path path = Path.of("/proc", Long.toString(process.pid()), file);
      return List.of(Files.readString(path, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(); // ended, or somebody else's
    }
  }
}
