package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** A file of arrow-java, mapped here and read in the workers. */
@Timeout(60)
class ForeignArrowWorkersTest extends WithWorkers {
  @TempDir Path files;

  /** Batches of 3, 0 and 1000 rows: a number, half of it in 8 bits, and a word; some missing. */
  private Path written() throws IOException {
    Path file = files.resolve("java.arrow");
    try (var allocator = new RootAllocator();
        var number = new IntVector("number", allocator);
        var half = new TinyIntVector("half", allocator);
        var word = new VarCharVector("word", allocator);
        var root = VectorSchemaRoot.of(number, half, word);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var writer =
            new ArrowFileWriter(root, new DictionaryProvider.MapDictionaryProvider(), channel)) {
      writer.start();
      int next = 0;
      for (int rows : new int[] {3, 0, 1000}) {
        root.getFieldVectors().forEach(vector -> vector.reset());
        for (int row = 0; row < rows; row++, next++) {
          if (next % 4 != 3) {
            number.setSafe(row, next);
            half.setSafe(row, next % 100 / 2);
            word.setSafe(row, ("w" + next).getBytes(StandardCharsets.UTF_8));
          }
        }
        root.setRowCount(rows);
        writer.writeBatch();
      }
      writer.end();
    }
    return file;
  }

  @Test
  void workersReadTheSameFileInPlace() throws IOException {
    SharedTable shared = store.mapArrow(written());
    assertEquals(List.of("half"), shared.conversions().stream().map(c -> c.column()).toList());
    List<String> read =
        workers.map(
            List.of(0, 1002),
            row -> {
              Table t = shared.table();
              return t.intColumn("number").get(row)
                  + " "
                  + t.shortColumn("half").get(row)
                  + " "
                  + t.stringColumn("word").get(row)
                  + " "
                  + t.intColumn("number").countMissing();
            });
    assertEquals(List.of("0 0 w0 250", "1002 1 w1002 250"), read);
    shared.drop();
  }

  @Test
  void aFileThatChangedSinceItWasMappedIsAnErrorInTheWorkerToo() throws IOException {
    Path file = written();
    SharedTable shared = store.mapArrow(file);
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    var failed =
        assertThrows(
            TaskFailedException.class,
            () -> workers.map(List.of(1), i -> shared.table().rowCount()));
    assertTrue(failed.toString().contains("has changed since"), failed.toString());
    shared.drop();
  }
}
