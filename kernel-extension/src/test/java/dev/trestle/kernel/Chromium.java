package dev.trestle.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A browser without a window, which looks at one page and ends. */
record Chromium(Path folder) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The page as it is once its scripts have run. */
  String dom(Path page) throws IOException, InterruptedException {
    return run("--dump-dom", page.toUri().toString());
  }

  /** Saves a picture of the page. */
  void screenshot(Path page, Path picture) throws IOException, InterruptedException {
    Files.createDirectories(picture.toAbsolutePath().getParent());
    run("--screenshot=" + picture.toAbsolutePath(), page.toUri().toString());
  }

  private String run(String... words) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "chromium");
    List<String> command = new ArrayList<>();
    command.add(Command.required("trestle.chromium", "/usr/bin/chromium", "chromium"));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1100,4300",
            "--virtual-time-budget=5000",
            "--user-data-dir=" + profile));
    command.addAll(List.of(words));
    String out = Command.run(folder, Map.of(), PATIENCE, command).outputOfSuccess();
    // Its last children write to the profile until they end.
    Command.stillRunning(profile.toString(), Duration.ofSeconds(10));
    return out;
  }
}
