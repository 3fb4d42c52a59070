package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slices of an array, written in place by the workers. */
@Timeout(60)
class ForSlicesTest extends WithWorkers {
  @Test
  void everySliceIsWrittenInPlaceOnce() {
    SharedArray array = store.array("whole", double.class, 1003, 3);
    workers.forSlices(array, 7, slice -> slice.add(slice.shape()[1]));
    double[] expected = new double[1003 * 3];
    Arrays.fill(expected, 3);
    assertArrayEquals(expected, (double[]) array.toJavaArray());
  }

  @Test
  void slicesAreNeighbouringRowsAndDifferByOneAtMost() {
    SharedArray array = store.arrayOf("ids", IntStream.range(0, 10).toArray());
    workers.forSlices(array, 4, slice -> slice.fill(100 * slice.getLong(0) + slice.size()));
    assertArrayEquals(
        new int[] {2, 2, 203, 203, 203, 502, 502, 703, 703, 703}, (int[]) array.toJavaArray());
  }

  @Test
  void aViewIsSlicedAndTheRestOfItsArrayLeftAlone() {
    SharedArray array = store.array("rest", long.class, 6, 2);
    workers.forSlices(array.slice(2, 5), 2, slice -> slice.fill(1));
    assertArrayEquals(
        new long[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0}, (long[]) array.toJavaArray());
  }

  @Test
  void moreSlicesThanRowsAreAsManyAsThereAreRows() {
    SharedArray array = store.array("few", int.class, 3);
    workers.forSlices(array, 50, slice -> slice.fill(slice.size()));
    assertArrayEquals(new int[] {1, 1, 1}, (int[]) array.toJavaArray());
    workers.forSlices(
        array.slice(1, 1),
        2,
        slice -> {
          throw new IllegalStateException("there is nothing to do");
        });
  }

  @Test
  void whatCannotBeSlicedOrWrittenIsRefused() {
    SharedArray array = store.array("refused", int.class, 3);
    Action<SharedArray> nothing = slice -> {};
    assertThrows(IllegalArgumentException.class, () -> workers.forSlices(array, 0, nothing));
    var single = store.array("single", int.class);
    var number =
        assertThrows(IllegalArgumentException.class, () -> workers.forSlices(single, 1, nothing));
    assertTrue(number.getMessage().contains("'single' is a single number"), number.getMessage());
    var readOnly =
        assertThrows(
            UnsupportedOperationException.class,
            () -> workers.forSlices(array.asReadOnly(), 2, nothing));
    assertTrue(readOnly.getMessage().contains("'refused'"), readOnly.getMessage());
  }

  @Test
  void theSliceThatFailedIsNamed() {
    SharedArray array = store.array("failing", int.class, 100);
    array.setLong(60, 1);
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.forSlices(
                    array,
                    10,
                    slice -> {
                      if (slice.getLong(0) == 1) {
                        throw new IllegalStateException("no");
                      }
                    }));
    assertTrue(
        failed.getMessage().contains("slice 60 to 70 of array 'failing'"), failed.getMessage());
    assertInstanceOf(IllegalStateException.class, failed.getCause());
  }

  @Test
  void aSliceThatFailedIsGivenOutAgainAsItWasLeft() {
    SharedArray array = store.array("again", int.class, 2);
    String marker = folder.resolve("failed-once").toString();
    workers
        .retries(1)
        .forSlices(
            array,
            1,
            slice -> {
              slice.add(1);
              if (Files.notExists(Path.of(marker))) {
                Files.createFile(Path.of(marker));
                throw new IllegalStateException("half done");
              }
            });
    assertEquals(List.of(2L, 2L), List.of(array.getLong(0), array.getLong(1)));
  }
}
