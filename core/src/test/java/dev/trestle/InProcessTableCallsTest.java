package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The cases of {@link TableCallsTest}, on workers that are threads of this JVM. */
@WithWorkers.InProcess
class InProcessTableCallsTest extends TableCallsTest {
  @Test
  void theStoreInATaskIsThatOfItsWorkers() {
    workers.forEach(
        List.of("by-a-task"),
        name -> Trestle.share(name, Table.create("t", IntColumn.create("n", 1, 2))));
    assertEquals(2, store.attach("by-a-task").rowCount());
  }
}
