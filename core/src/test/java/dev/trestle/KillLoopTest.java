package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Workers killed at random while they work: every call has the right result all the same. */
class KillLoopTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  @Timeout(300)
  void sixtyKills() throws Exception {
    kill(60);
  }

  @Test
  @Tag("stress")
  @Timeout(3600)
  void aThousandKills() throws Exception {
    kill(1000);
  }

  /** Calls of both kinds in turn, until so many workers have been killed. */
  private void kill(int kills) throws Exception {
    var random = new Random(kills);
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(3)) {
      int[] keys = IntStream.range(0, 3000).map(row -> row % 60).toArray();
      SharedTable table =
          store.share(
              "kills",
              Table.create(
                  "t", IntColumn.create("key", keys), IntColumn.indexColumn("row", 3000, 0)));
      var killer = new Killer(workers, kills, random);
      Thread thread = Thread.ofPlatform().daemon().start(killer);
      int calls = 0;
      while (thread.isAlive()) {
        List<Integer> numbers = IntStream.range(0, 2000).boxed().toList();
        assertEquals(numbers, workers.retries(1000).map(numbers, i -> i));
        Table same =
            workers
                .retries(1000)
                .mapGroups(
                    table,
                    "key",
                    "same" + calls,
                    part -> {
                      Thread.sleep(2);
                      return part;
                    })
                .table();
        assertEquals(3000, same.rowCount());
        assertEquals(0, same.intColumn("row").getInt(0));
        assertEquals(60, same.intColumn("row").getInt(1));
        assertEquals(2999, same.intColumn("row").getInt(2999));
        assertTrue(store.drop("same" + calls));
        calls++;
      }
      assertEquals(kills, killer.done);
    }
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }

  /** Kills one of the workers there are, some time after the one before. */
  private static final class Killer implements Runnable {
    private final Workers workers;
    private final int kills;
    private final Random random;
    private volatile int done;

    Killer(Workers workers, int kills, Random random) {
      this.workers = workers;
      this.kills = kills;
      this.random = random;
    }

    @Override
    public void run() {
      while (done < kills) {
        List<Long> pids = workers.pids();
        if (!pids.isEmpty()) {
          long pid = pids.get(random.nextInt(pids.size()));
          if (ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
            done++;
          }
        }
        try {
          Thread.sleep(random.nextInt(120));
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
