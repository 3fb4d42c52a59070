package dev.trestle.bench;

import dev.trestle.SharedArray;
import dev.trestle.Trestle;
import dev.trestle.array.ElementType;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.ProcessCpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Mathematics on a shared array in place, beside numpy and numba on the very same memory. */
@Command(name = "arrays", description = "Element-wise mathematics on shared arrays.")
final class ArrayBench implements Callable<Integer> {
  private static final Map<String, Consumer<SharedArray>> OPERATIONS = new LinkedHashMap<>();

  static {
    OPERATIONS.put("exp", SharedArray::exp);
    OPERATIONS.put("log", SharedArray::log);
    OPERATIONS.put("sqrt", SharedArray::sqrt);
    OPERATIONS.put("add", array -> array.add(1.5));
  }

  /** What numpy took for exp where the project began, on another version and a busy machine. */
  private static final double EXP_BAR_PER_2_GIB = 1.38;

  @Option(names = "--mebibytes", description = "Size of the array (default: ${DEFAULT-VALUE}).")
  private int mebibytes = 2048;

  @Option(names = "--repeat", description = "The least of so many (default: ${DEFAULT-VALUE}).")
  private int repeat = 3;

  @Option(
      names = "--python",
      description = "A Python with numpy, and perhaps numba, to compare with (default: none).")
  private String python = "";

  @Option(names = "--script", description = "The comparison (default: ${DEFAULT-VALUE}).")
  private Path script = Path.of("benchmarks", "python", "array_math.py");

  /** Seconds. */
  private record Cost(double cpu, double wall) {
    static Cost of(Runnable work) {
      double cpu = cpuNow();
      long start = System.nanoTime();
      work.run();
      double wall = (System.nanoTime() - start) / 1e9;
      return new Cost(cpuNow() - cpu, wall);
    }

    private static double cpuNow() {
      return ProcessCpu.read(ProcessHandle.current().pid()).orElseThrow().own().toMillis() / 1e3;
    }

    Cost least(Cost other) {
      return cpu < other.cpu ? this : other;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f / %.2f s", cpu, wall);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long elements = ((long) mebibytes << 20) / Double.BYTES;
    String name = "bench-" + ProcessHandle.current().pid();
    long start = System.nanoTime();
    SharedArray array = Trestle.array(name, ElementType.DOUBLE, elements);
    double created = (System.nanoTime() - start) / 1e9;
    try {
      System.out.printf(
          Locale.ROOT,
          "%s of doubles in %s, made in %.2f s%n%n",
          ByteSize.format(array.bytes()),
          array.location().getParent(),
          created);
      Map<String, Cost> ours = new LinkedHashMap<>();
      OPERATIONS.forEach((operation, work) -> ours.put(operation, measured(array, work)));
      print(ours, python.isEmpty() ? Map.of() : theirs(array.location()));
      sums(array);
    } finally {
      Trestle.drop(name);
    }
    System.out.printf(
        "repeat: ./trestle bench arrays --mebibytes %d --repeat %d%s%n",
        mebibytes, repeat, python.isEmpty() ? "" : " --python " + python);
    return 0;
  }

  private Cost measured(SharedArray array, Consumer<SharedArray> work) {
    Cost least = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);
    for (int run = 0; run < repeat; run++) {
      array.fill(0.5);
      least = least.least(Cost.of(() -> work.accept(array)));
    }
    return least;
  }

  /** Keys as in {@code numpy exp}. */
  private Map<String, Cost> theirs(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, script.toString(), file.toString(), Integer.toString(repeat))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Cost> costs = new LinkedHashMap<>();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String line : out.lines().toList()) {
      String[] words = line.split(" ");
      costs.put(
          words[0] + " " + words[1],
          new Cost(Double.parseDouble(words[2]), Double.parseDouble(words[3])));
    }
    if (process.waitFor() != 0) {
      throw new IOException(python + " " + script + " failed");
    }
    return costs;
  }

  private void print(Map<String, Cost> ours, Map<String, Cost> theirs) {
    var table = new TextTable("in place, CPU / wall", "trestle", "numpy", "numba", "CPU : numpy");
    ours.forEach((operation, cost) -> {
      Cost numpy = theirs.get("numpy " + operation);
      Cost numba = theirs.get("numba " + operation);
      table.add(
          operation,
          cost.toString(),
          numpy == null ? "" : numpy.toString(),
          numba == null ? "" : numba.toString(),
          numpy == null ? "" : String.format(Locale.ROOT, "%.2f", cost.cpu / numpy.cpu));
    });
    System.out.println(table);
    TextTable bars = Bar.table();
    Cost exp = Objects.requireNonNull(ours.get("exp"));
    Bar.seconds("CPU of exp, 2 GiB", EXP_BAR_PER_2_GIB).addTo(bars, exp.cpu, mebibytes == 2048);
    System.out.println(bars);
  }

  /** A loop over single elements, against one over a Java array of the same length. */
  private void sums(SharedArray array) {
    SharedArray part = array.slice(0, Math.min(array.size(), 8 << 20));
    double[] heap = (double[]) part.toJavaArray();
    long shared = Long.MAX_VALUE;
    long onHeap = Long.MAX_VALUE;
    double sum = 0;
    for (int run = 0; run < 20 * repeat; run++) {
      long start = System.nanoTime();
      sum += sum(part);
      shared = Math.min(shared, System.nanoTime() - start);
      start = System.nanoTime();
      sum -= sum(heap);
      onHeap = Math.min(onHeap, System.nanoTime() - start);
    }
    System.out.printf(
        Locale.ROOT,
        "sum over getDouble(i): %.2f ns an element; over a double[]: %.2f ns; ratio %.2f%s%n",
        (double) shared / part.size(),
        (double) onHeap / part.size(),
        (double) shared / onHeap,
        sum == 0 ? "" : " (the sums differ)");
  }

  private static double sum(SharedArray array) {
    double sum = 0;
    for (long i = 0; i < array.size(); i++) {
      sum += array.getDouble(i);
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
    }
    return sum;
  }
}
