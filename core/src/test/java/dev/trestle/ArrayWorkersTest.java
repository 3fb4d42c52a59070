package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Arrays and their views in the hands of workers. */
@Timeout(60)
class ArrayWorkersTest extends WithWorkers {
  @Test
  void workersWriteTheirSlicesInPlace() {
    SharedArray array = store.array("slices", double.class, 8, 1000);
    List<SharedArray> rows = LongStream.range(0, 8).mapToObj(array::row).toList();
    List<Boolean> elsewhere =
        workers.map(
            rows,
            row -> {
              row.fill(1.0).add(row.size()).multiply(2);
              return row.segment().isMapped() && row.shape().length == 1;
            });
    assertFalse(elsewhere.contains(false));
    assertEquals(8, elsewhere.size());
    double[] expected = new double[8000];
    Arrays.fill(expected, 2002);
    assertArrayEquals(expected, (double[]) array.toJavaArray());
  }

  @Test
  void aCapturedViewOfAViewIsThePartItWasHere() {
    SharedArray array = store.arrayOf("views", IntStream.range(0, 60).toArray());
    SharedArray part = array.reshape(3, 4, 5).slice(1, 3).row(1).slice(2, 4);
    List<Long> seen = workers.map(List.of(0L, 9L), i -> part.flat().getLong(i));
    assertEquals(List.of(50L, 59L), seen);
    List<long[]> shapes = workers.map(List.of(0), i -> part.shape());
    assertArrayEquals(new long[] {2, 5}, shapes.getFirst());
  }

  @Test
  void additionsByAllWorkersAreAllCounted() {
    SharedArray counts = store.array("counts", long.class, 2);
    SharedArray sums = store.array("sums", double.class, 1);
    int tasks = 8;
    int additions = 20_000;
    workers.map(
        IntStream.range(0, tasks).boxed().toList(),
        task -> {
          for (int i = 0; i < additions; i++) {
            counts.atomicLongs().getAndAdd(1, 1);
            sums.atomicDoubles().getAndAdd(0, 0.5);
          }
          return task;
        });
    assertEquals((long) tasks * additions, counts.getLong(1));
    assertEquals(0, counts.getLong(0));
    assertEquals(tasks * additions * 0.5, sums.getDouble(0));
  }

  @Test
  void aReadOnlyArrayIsMappedReadOnlyInTheWorkerToo() {
    SharedArray fixed = store.arrayOf("fixed", new int[] {1, 2}).asReadOnly();
    var refused =
        assertThrows(
            TaskFailedException.class, () -> workers.map(List.of(0), i -> fixed.fill(9).size()));
    assertTrue(refused.getMessage().contains("read-only"), refused.getMessage());
    List<String> lines =
        workers.map(
            List.of(0),
            i -> {
              long sum = fixed.getLong(0) + fixed.getLong(1);
              return sum + Files.readString(Path.of("/proc/self/maps"));
            });
    assertTrue(lines.getFirst().startsWith("3"));
    assertTrue(
        lines.getFirst().lines().anyMatch(l -> l.contains("fixed.npy") && l.contains("r--s")),
        "mapped read-only and shared");
  }

  @Test
  void aWorkerUsesTheArrayThatItWasSentThoughItWasDroppedOrReplaced() {
    SharedArray array = store.array("gone", int.class, 3);
    array.setLong(2, 5);
    assertTrue(store.drop("gone"));
    assertEquals(List.of(5L), workers.map(List.of(2L), i -> array.getLong(i)));
    SharedArray other = store.array("gone", int.class, 3);
    assertEquals(List.of(6L), workers.map(List.of(2L), i -> array.add(1L).getLong(i)));
    assertEquals(6, array.getLong(2));
    assertEquals(0, other.getLong(2));
  }

  @Test
  void anArrayIsAResultToo() {
    SharedArray array = store.arrayOf("result", new double[] {1, 2, 3});
    List<SharedArray> back = workers.map(List.of(1L, 2L), i -> array.slice(i, i + 1).add(10));
    assertEquals(12, back.getFirst().getDouble(0));
    assertEquals(13, array.getDouble(2));
  }
}
