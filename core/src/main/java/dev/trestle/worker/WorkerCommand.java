package dev.trestle.worker;

import dev.trestle.namespace.ChronicleFlags;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a worker JVM: this JVM's own Java, class path, and flags that keep it small.
 *
 * @param heapBytes the largest heap of one worker
 * @param processors how many processors one worker may think it has: with all of them, each of n
 *     workers would start a full set of compiler threads
 * @param properties system properties for the worker
 * @param startFlags what makes it start faster
 */
record WorkerCommand(
    long heapBytes, int processors, Map<String, String> properties, List<String> startFlags) {

  public WorkerCommand {
    properties = Map.copyOf(properties);
    startFlags = List.copyOf(startFlags);
  }

  /** The command for one of n workers on this machine. */
  static WorkerCommand forOneOf(int n, Map<String, String> properties, List<String> startFlags) {
    Runtime runtime = Runtime.getRuntime();
    // This JVM's limit stands for what one process may take here (by default a quarter of the
    // machine or container); the workers together get as much again.
    long heap = Math.max(256L << 20, runtime.maxMemory() / n);
    int processors = Math.max(1, runtime.availableProcessors() / n);
    return new WorkerCommand(heap, processors, properties, startFlags);
  }

  WorkerCommand withHeap(long bytes) {
    return new WorkerCommand(bytes, processors, properties, startFlags);
  }

  /**
   * @param reports a folder for the JVM's report of a crash
   */
  List<String> commandLine(Path socket, Path reports) {
    var command = new ArrayList<String>();
    command.add(java().toString());
    command.addAll(startFlags);
    command.addAll(flags());
    // After a native crash: the report where it goes with the session.
    command.add("-XX:ErrorFile=" + reports.resolve("crash-%p.log"));
    new TreeMap<>(properties).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath()));
    command.add(WorkerMain.class.getName());
    command.add(socket.toString());
    return command;
  }

  /** What all workers of a pool have in common, and a start cache is made with. */
  List<String> flags() {
    var command = new ArrayList<String>();
    command.add("-Xmx" + (heapBytes >> 10) + "k");
    // By default the heap begins with a 64th of the machine, and soon all of that is touched. One
    // that begins small has an idle worker with 4 MiB less.
    command.add("-Xms6m");
    command.add("-XX:NewSize=2m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:ActiveProcessorCount=" + processors);
    // What a task throws away is collected often rather than kept.
    command.add("-XX:MaxNewSize=12m");
    // Give memory back after a big task: the heap shrinks to what is in use and a little.
    command.add("-XX:MinHeapFreeRatio=10");
    command.add("-XX:MaxHeapFreeRatio=20");
    command.add("-XX:-ShrinkHeapInSteps");
    command.add("-XX:TrimNativeHeapInterval=500"); // what the compilers allocated, milliseconds
    command.add("-XX:-UsePerfData"); // no file in /tmp that a killed worker would leave
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-Djava.awt.headless=true");
    // What this JVM has found; else each worker would open every jar to look for one of its own
    // before its first socket: 40 ms for 46 jars.
    command.add("-D" + SelectorProvider.class.getName() + "=" + selectorProvider());
    // Tablesaw's libraries still touch sun.misc.Unsafe; JDK 24 and later warn unless told not to.
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    // Here and not on demand, as a JVM cannot be given them later; they cost 2 ms of CPU.
    command.addAll(ChronicleFlags.all());
    // That no logger was chosen is said once, by the JVM the user looks at: not by each worker too.
    command.add("-Dslf4j.internal.verbosity=ERROR");
    return command;
  }

  private static String selectorProvider() {
    return SelectorProvider.provider().getClass().getName();
  }

  /** This JVM's own Java. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** This JVM's class path as it began, absolute. */
  static Set<String> firstClassPath() {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    return entries;
  }

  /** The same with the jars that a notebook or JShell has added to it. */
  private static Set<String> classPath() {
    Set<String> entries = firstClassPath();
    addUrls(WorkerCommand.class.getClassLoader(), entries);
    addUrls(Thread.currentThread().getContextClassLoader(), entries);
    return entries;
  }

  private static void addUrls(@Nullable ClassLoader loader, Set<String> entries) {
    for (ClassLoader at = loader; at != null; at = at.getParent()) {
      if (at instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          if (url.getProtocol().equals("file")) {
            entries.add(path(url));
          }
        }
      }
    }
  }

  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      return url.getPath();
    }
  }
}
