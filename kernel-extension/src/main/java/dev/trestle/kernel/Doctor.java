package dev.trestle.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.trestle.memory.ByteSize;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the kernel needs on this machine.
 *
 * @param programs the folders that programs are found in
 * @param dataFolders where Jupyter looks for kernelspecs
 * @param sharedMemory the file system that tables are shared in
 */
record Doctor(List<Path> programs, List<Path> dataFolders, Path sharedMemory) {
  private static final int OLDEST_JAVA = 25;
  private static final long LITTLE_MEMORY = 512L << 20; // bytes

  /**
   * One thing that was looked at.
   *
   * @param remedy what to do about it; null if it is as it should be
   */
  record Finding(String what, @Nullable String remedy) {
    @Override
    public String toString() {
      return remedy == null
          ? "ok       " + what
          : "MISSING  %s%n         %s".formatted(what, remedy);
    }
  }

  /** One that looks at this machine. */
  static Doctor ofThisMachine() throws InterruptedException {
    String path = System.getenv("PATH");
    List<Path> data = new ArrayList<>();
    String jupyterPath = System.getenv("JUPYTER_PATH");
    folders(jupyterPath == null ? "" : jupyterPath).forEach(data::add);
    data.add(JupyterFolder.ofUser());
    try {
      data.add(JupyterFolder.ofPython());
    } catch (IOException e) {
      // No Python: said where Jupyter itself is missing.
    }
    data.add(JupyterFolder.below(Path.of("/usr/local")));
    data.add(JupyterFolder.below(Path.of("/usr")));
    return new Doctor(
        folders(path == null ? "" : path).toList(),
        data.stream().distinct().toList(),
        Path.of("/dev/shm"));
  }

  private static Stream<Path> folders(String list) {
    return Stream.of(list.split(File.pathSeparator)).filter(f -> !f.isEmpty()).map(Path::of);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(jupyter());
    List<Path> specs =
        dataFolders.stream()
            .map(folder -> KernelSpec.folder(folder).resolve("kernel.json"))
            .filter(Files::isRegularFile)
            .toList();
    if (specs.isEmpty()) {
      findings.add(
          new Finding(
              "the kernel is in none of %s".formatted(dataFolders),
              "./trestle kernel install --user"));
    }
    specs.forEach(spec -> findings.add(installed(spec)));
    findings.add(memory());
    return findings;
  }

  private static Finding java() {
    String found = "Java %s in %s".formatted(Runtime.version(), System.getProperty("java.home"));
    return Runtime.version().feature() >= OLDEST_JAVA
        ? new Finding(found, null)
        : new Finding(found + " is too old", "install JDK 25 and set JAVA_HOME to it");
  }

  private Finding jupyter() {
    for (String name : List.of("jupyter", "jupyter-lab", "jupyter-notebook")) {
      for (Path folder : programs) {
        if (Files.isExecutable(folder.resolve(name))) {
          return new Finding("Jupyter: " + folder.resolve(name), null);
        }
      }
    }
    return new Finding(
        "no Jupyter on the PATH",
        "pip install jupyterlab, or: sudo apt-get install jupyter-notebook");
  }

  /** A kernelspec names files; they may have moved since it was written. */
  private static Finding installed(Path file) {
    String again = "./trestle kernel install, with the option that names this place";
    try {
      JsonObject spec = new JsonParser().parse(Files.readString(file)).getAsJsonObject();
      List<String> words = new ArrayList<>();
      for (JsonElement word : spec.getAsJsonArray("argv")) {
        words.add(word.getAsString());
      }
      if (!Files.isExecutable(Path.of(words.getFirst()))) {
        return new Finding(
            "%s starts %s, which is not there".formatted(file, words.getFirst()), again);
      }
      int classPath = words.indexOf("-cp") + 1;
      for (Path entry : folders(words.get(classPath)).toList()) {
        if (!Files.exists(entry)) {
          return new Finding("%s needs %s, which is not there".formatted(file, entry), again);
        }
      }
      return new Finding("kernel: " + file, null);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      return new Finding(file + " is no kernelspec that can be read", again);
    }
  }

  private Finding memory() {
    try {
      long free = Files.getFileStore(sharedMemory).getUsableSpace();
      String found = "shared memory: %s free in %s".formatted(ByteSize.format(free), sharedMemory);
      return free >= LITTLE_MEMORY
          ? new Finding(found, null)
          : new Finding(
              found + "; larger tables go to a folder on disk",
              "in Docker: docker run --shm-size=4g");
    } catch (IOException e) {
      return new Finding(
          "no shared memory in " + sharedMemory, "tables go to a folder on disk; that works too");
    }
  }
}
