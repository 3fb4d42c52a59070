package dev.trestle.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.trestle.kernel.engine.Engine;
import dev.trestle.namespace.ChronicleFlags;
import dev.trestle.start.StartCache;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How Jupyter starts the kernel: {@link TrestleKernel} on a JDK.
 *
 * <p>The file format is described on the Jupyter client's page "Making kernels for Jupyter".
 *
 * @param java the {@code java} command
 * @param classPath absolute paths of jars and folders; notebook code compiles against them as well
 */
record KernelSpec(Path java, List<Path> classPath) {
  /** The folder's name, and so the kernel's name in a notebook. */
  static final String NAME = "trestle";

  /** The names that Jupyter looks for; beside kernel.json. */
  private static final List<String> LOGOS =
      List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  KernelSpec {
    classPath = List.copyOf(classPath);
  }

  /** A kernel like this JVM: the same JDK, the same class path. */
  static KernelSpec ofThisJvm() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    return new KernelSpec(
        java, Arrays.stream(entries).map(Path::of).map(Path::toAbsolutePath).toList());
  }

  /** The text of {@code kernel.json}. */
  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("argv", command());
    json.put("display_name", "Java (Trestle)");
    json.put("language", "java");
    json.put("interrupt_mode", "message"); // a signal would end the JVM
    return GSON.toJson(json) + "\n";
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(startCache(classPath).flags());
    command.addAll(flags());
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(TrestleKernel.class.getName());
    command.add("{connection_file}");
    return command;
  }

  private static List<String> flags() {
    List<String> flags = new ArrayList<>(ChronicleFlags.all()); // for the namespace
    flags.addAll(Engine.flags());
    flags.addAll(
        List.of(
            // One notebook is one user: the serial collector needs no threads and little memory.
            "-XX:+UseSerialGC",
            // From the default start of 1/64 of the machine a kernel would take 100 MiB more at
            // once.
            "-Xms32m",
            "-Djava.awt.headless=true",
            // Each of these three keeps lines off the terminal or out of the cells: logging of
            // IJava's;
            // ClassGraph under Tablesaw, which calls Unsafe; and mapped memory, a restricted
            // method.
            "-Djava.util.logging.config.class=" + QuietLogging.class.getName(),
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    return flags;
  }

  /**
   * What kernels with that class path start with, beside the first jar: they need about 60% of the
   * processor time then.
   */
  static StartCache startCache(List<Path> classPath) {
    Path first = classPath.isEmpty() ? Path.of("") : classPath.getFirst().toAbsolutePath();
    return new StartCache(first.resolveSibling("trestle-kernel.aot"));
  }

  /**
   * Removes a start cache that was made of other jars than those there now: the JVM does not notice
   * (JDK-8377932), and runs the former classes.
   *
   * @return whether there was one, so that this JVM does just that
   */
  boolean removeStaleStart() throws IOException {
    StartCache cache = startCache(classPath);
    boolean isStale = Files.isRegularFile(cache.file()) && !cache.isFresh(classPath);
    if (isStale) {
      cache.delete();
    }
    return isStale;
  }

  /** Sees to it that kernels start fast, by one that runs a few cells; returns whether they do. */
  boolean rehearse() throws IOException, InterruptedException {
    StartCache cache = startCache(classPath);
    if (!StartCache.isPossible(classPath)) {
      return false;
    }
    if (cache.isFresh(classPath)) {
      return true;
    }
    List<String> rehearsal = List.of(TrestleKernel.class.getName(), TrestleKernel.REHEARSAL);
    try (var ownCode = new OwnCode()) {
      return cache.make(java, flags(), classPath, ownCode.rehearsalFlags(), rehearsal);
    }
  }

  /**
   * Writes the kernelspec below a Jupyter data folder, in place of an older one.
   *
   * @return the kernelspec's own folder
   */
  Path installInto(Path dataFolder) throws IOException {
    Path folder = folder(dataFolder);
    Files.createDirectories(folder);
    for (String logo : LOGOS) {
      try (InputStream in =
          Objects.requireNonNull(KernelSpec.class.getResourceAsStream("logo/" + logo))) {
        Files.copy(in, folder.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // Jupyter may list kernels at any moment: it sees the old file or the new one.
    Path written = Files.createTempFile(folder, "kernel", ".tmp");
    try {
      Files.writeString(written, json());
      Files.move(written, folder.resolve("kernel.json"), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    return folder;
  }

  /** Removes the kernelspec from a Jupyter data folder; returns whether there was one. */
  static boolean uninstallFrom(Path dataFolder) throws IOException {
    Path folder = folder(dataFolder);
    boolean found = Files.deleteIfExists(folder.resolve("kernel.json"));
    if (found) {
      for (String logo : LOGOS) {
        Files.deleteIfExists(folder.resolve(logo));
      }
      Files.delete(folder);
    }
    return found;
  }

  /** Where the kernelspec lies below a Jupyter data folder. */
  static Path folder(Path dataFolder) {
    return dataFolder.resolve("kernels").resolve(NAME);
  }
}
