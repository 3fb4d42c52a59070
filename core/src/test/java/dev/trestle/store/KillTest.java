package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at any moment of share, replace, append, drop, keep and sweep: two processes at a
 * time on one store, in memory and on disk.
 *
 * <p>What only one of the two changes is known exactly: after the kill it is what was committed
 * last, or what was being committed. Of everything else, each table has to be whole.
 */
class KillTest {
  @TempDir Path temporary;
  private Path memory;
  private Path disk;
  private final Map<String, Table> known = new HashMap<>();
  private final Random random = new Random(20);
  private int changes;
  private int cutShort;

  /** What a name stands for; nothing, if there are no seeds. */
  private record Table(List<Long> seeds, boolean kept) {
    static final Table NONE = new Table(List.of(), false);

    Table after(String operation, long seed) {
      return switch (operation) {
        case "share" -> seeds.isEmpty() ? new Table(List.of(seed), false) : this;
        case "replace" -> new Table(List.of(seed), kept);
        case "append" -> {
          var longer = new ArrayList<>(seeds);
          longer.add(seed);
          yield seeds.isEmpty() ? this : new Table(longer, kept);
        }
        case "drop" -> NONE;
        default -> new Table(seeds, !seeds.isEmpty());
      };
    }

    /** When its session has ended. */
    Table left() {
      return kept ? this : NONE;
    }
  }

  @BeforeEach
  void folders() throws IOException {
    memory = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-kill");
    disk = temporary.resolve("disk");
  }

  @AfterEach
  void removeFolders() throws IOException {
    Folders.deleteTree(memory);
  }

  @Test
  @Tag("slow")
  void whatWasCommittedIsWholeAndNothingElseIsLeft() throws Exception {
    kill(500);
  }

  @Test
  @Tag("stress")
  void whatWasCommittedIsWholeAfterAThousandKillsToo() throws Exception {
    kill(1000);
  }

  private void kill(int wanted) throws Exception {
    for (int kills = 0; kills < wanted; kills += 2) {
      try (var a = start("a");
          var b = start("b")) {
        a.hear(); // both are ready: they do their worst from now on
        b.hear();
        Thread.sleep(random.nextInt(60));
        a.kill();
        Thread.sleep(random.nextInt(10));
        b.kill();
        Map<String, Set<Table>> possible = new HashMap<>();
        a.outcomes(possible);
        b.outcomes(possible);
        check(possible);
      }
    }
    try (Catalogue catalogue = open()) {
      for (Entry entry : catalogue.list()) {
        assertTrue(catalogue.drop(entry.name()));
      }
    }
    assertEquals(Set.of(), files());
    String done = "%,d changes, %,d kills in the middle of one".formatted(changes, cutShort);
    assertTrue(changes > 0 && cutShort > 0, done); // how many depends on how busy the machine is
    System.out.println("store: " + done);
  }

  private void check(Map<String, Set<Table>> possible) throws IOException {
    var expected = new TreeSet<String>();
    try (Catalogue catalogue = open()) {
      for (Entry entry : catalogue.list()) {
        entry.place().files().forEach(file -> expected.add(file.getFileName().toString()));
        assertTrue(entry.place().kept(), entry.toString());
        switch (entry) {
          case Entry.OfTable table -> {
            MappedTable mapped = catalogue.open(table.name());
            assertEquals(table.rows(), mapped.rows());
            assertEquals(
                mapped.rows(), Numbers.seeds(mapped).stream().mapToLong(Victim::rows).sum());
          }
          case Entry.OfArray array ->
              assertTrue(Victim.isWhole(Files.readAllBytes(array.place().location())));
          case Entry.Damaged damaged -> fail(damaged.toString());
        }
      }
      for (String name : List.of("a0", "a1", "b0", "b1")) {
        Table found = found(catalogue, name);
        assertTrue(
            possible.getOrDefault(name, Set.of(known(name))).contains(found),
            () -> name + " is " + found + ", and should be one of " + possible.get(name));
        known.put(name, found);
      }
    }
    assertEquals(expected, files());
  }

  private static Table found(Catalogue catalogue, String name) {
    try {
      return new Table(Numbers.seeds(catalogue.open(name)), true);
    } catch (NoSuchTableException e) {
      return Table.NONE;
    }
  }

  private Table known(String name) {
    return known.getOrDefault(name, Table.NONE);
  }

  private Catalogue open() {
    return Catalogue.open(List.of(StoreFolder.open(memory), StoreFolder.open(disk)));
  }

  private Set<String> files() throws IOException {
    var files = new TreeSet<String>();
    for (Path folder : List.of(memory, disk)) {
      try (var all = Files.list(folder)) {
        all.forEach(file -> files.add(file.getFileName().toString()));
      }
    }
    return files;
  }

  private Child start(String letter) throws IOException {
    return new Child(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                memory.toString(),
                disk.toString(),
                letter,
                "" + random.nextLong())
            .redirectErrorStream(true)
            .start(),
        letter);
  }

  private final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final String letter;

    Child(Process process, String letter) {
      this.process = process;
      this.out = process.inputReader(StandardCharsets.UTF_8);
      this.letter = letter;
    }

    void hear() throws IOException {
      assertEquals("ready", out.readLine());
    }

    void kill() throws InterruptedException {
      process.toHandle().destroyForcibly(); // the process itself would close its output unread
      process.waitFor();
    }

    /** What the names of this child may stand for once its session is swept. */
    void outcomes(Map<String, Set<Table>> possible) throws IOException {
      Map<String, Table> now = new HashMap<>();
      now.put(letter + "0", known(letter + "0"));
      now.put(letter + "1", known(letter + "1"));
      String begun = null;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        switch (line) {
          case "closed" -> now.replaceAll((name, table) -> table.left());
          case "refused" -> begun = null;
          case "done" -> {
            changes++;
            apply(begun, now);
            begun = null;
          }
          default -> {
            if (!List.of(Victim.OPERATIONS).contains(line.split(" ")[0])) {
              fail(line + "\n" + out.lines().reduce("", (all, next) -> all + next + "\n"));
            }
            begun = line;
          }
        }
      }
      now.forEach((name, table) -> possible.put(name, new HashSet<>(Set.of(table.left()))));
      cutShort += begun == null ? 0 : 1;
      apply(begun, now);
      now.forEach((name, table) -> possible.get(name).add(table.left()));
    }

    private void apply(String begun, Map<String, Table> tables) {
      String[] words = begun == null ? new String[] {"", "", "0"} : begun.split(" ");
      // Killed while it wrote the line: then it has not begun.
      if (words.length == 3 && tables.containsKey(words[1])) {
        tables.computeIfPresent(
            words[1], (name, table) -> table.after(words[0], Long.parseLong(words[2])));
      }
    }

    @Override
    public void close() throws InterruptedException {
      kill();
    }
  }
}
