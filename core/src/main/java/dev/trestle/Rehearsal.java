package dev.trestle;

import dev.trestle.column.TableReaders;
import dev.trestle.worker.StartCaches;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A process that makes the start cache of workers: lets one do what most workers do, and the JVM
 * keeps what it has seen.
 */
final class Rehearsal {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private Rehearsal() {}

  /** Started by {@link StartCaches} with its folder. */
  static void main(String[] arguments) throws Exception {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(LIMIT);
          } catch (InterruptedException e) {
            // nobody does
          }
          Runtime.getRuntime().halt(1);
        });
    System.setProperty(DefaultFolders.START_PROPERTY, arguments[0]);
    new StartCaches(Path.of(arguments[0]), Rehearsal.class)
        .make(Rehearsal::findings, Rehearsal::run);
    System.exit(0);
  }

  /** What each worker would search the class path for: whose answer all of them can be given. */
  private static Map<String, String> findings() {
    Map<String, String> found = new HashMap<>(TableReaders.search());
    // Tablesaw logs, and SLF4J then opens all jars to find out how: 40 ms.
    loggingProvider().ifPresent(name -> found.put("slf4j.provider", name));
    return found;
  }

  private static Optional<String> loggingProvider() {
    try {
      return ServiceLoader.load(Class.forName("org.slf4j.spi.SLF4JServiceProvider")).stream()
          .findFirst()
          .map(provider -> provider.type().getName());
    } catch (ClassNotFoundException e) {
      return Optional.empty(); // an SLF4J that knows no such providers, or none
    }
  }

  private static void run(Path folder) {
    try (Store store = Store.open(folder);
        Workers workers = store.workers(1)) {
      workers.map(List.of(1, 2), x -> x);
      workers.map(List.of("a"), String::length);
      SharedTable table = store.share("rehearsal", table());
      workers.map(List.of("number"), name -> table.table().intColumn(name).sum());
      workers
          .mapGroups(table, "text", part -> part.where(part.doubleColumn("real").isGreaterThan(1)))
          .drop();
      table.drop();
    }
  }

  private static Table table() {
    return Table.create(
        IntColumn.create("number", IntStream.range(0, 8).toArray()),
        DoubleColumn.create("real", IntStream.range(0, 8).mapToDouble(i -> i).toArray()),
        StringColumn.create("text", IntStream.range(0, 8).mapToObj(i -> "t" + i / 2).toList()),
        DateColumn.create("day", IntStream.range(0, 8).mapToObj(LocalDate::ofEpochDay).toList()));
  }
}
