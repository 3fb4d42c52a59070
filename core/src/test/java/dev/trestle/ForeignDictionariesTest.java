package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Dictionaries of numbers, dates and truth values, as arrow-java writes them. */
class ForeignDictionariesTest {
  private static final int[] BATCHES = {3, 0, 1000, 1};

  @TempDir Path folder;

  @Test
  void eachRowGetsTheValueThatItsCodeStandsFor() throws IOException {
    Path file = folder.resolve("java.arrow");
    write(file);
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable shared = store.shareArrow("t", file);
      assertEquals(3, shared.conversions().size());
      assertTrue(shared.conversions().stream().allMatch(c -> c.why().contains("strings only")));
      Table table = shared.table();
      var doubles = new ArrayList<Double>();
      var truths = new ArrayList<Boolean>();
      var dates = new ArrayList<LocalDate>();
      for (int row = 0; row < table.rowCount(); row++) {
        doubles.add(
            table.column("number").isMissing(row) ? null : table.doubleColumn("number").get(row));
        truths.add(
            table.column("truth").isMissing(row) ? null : table.booleanColumn("truth").get(row));
        dates.add(table.column("date").isMissing(row) ? null : table.dateColumn("date").get(row));
      }
      assertEquals(rows(1.5, null, -2.0), doubles);
      assertEquals(rows(true, false, null), truths);
      assertEquals(rows(LocalDate.EPOCH, LocalDate.of(2024, 2, 29), null), dates);
      assertEquals(
          doubles.stream().filter(d -> d == null).count(), table.column("number").countMissing());
      assertEquals(List.of("number", "truth", "date"), store.attach("t").columnNames());
    }
  }

  /** The entry of each row's code; every fourth row is missing whatever its code. */
  @SafeVarargs
  private static <T> List<T> rows(T... entries) {
    List<T> rows = new ArrayList<>();
    for (int row = 0; row < Arrays.stream(BATCHES).sum(); row++) {
      rows.add(row % 4 == 3 ? null : entries[row % 3]);
    }
    return rows;
  }

  private static void write(Path file) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        var numbers = new Float8Vector("numbers", allocator);
        var truths = new BitVector("truths", allocator);
        var dates = new DateMilliVector("dates", allocator)) {
      numbers.setSafe(0, 1.5);
      numbers.setNull(1);
      numbers.setSafe(2, -2.0);
      numbers.setValueCount(3);
      truths.setSafe(0, 1);
      truths.setSafe(1, 0);
      truths.setNull(2);
      truths.setValueCount(3);
      dates.setSafe(0, 0);
      dates.setSafe(1, LocalDate.of(2024, 2, 29).toEpochDay() * 86_400_000L);
      dates.setNull(2);
      dates.setValueCount(3);
      var provider = new DictionaryProvider.MapDictionaryProvider();
      try (var number = codes("number", 1, numbers, provider, allocator);
          var truth = codes("truth", 2, truths, provider, allocator);
          var date = codes("date", 3, dates, provider, allocator);
          var root = VectorSchemaRoot.of(number, truth, date);
          var channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var writer = new ArrowFileWriter(root, provider, channel)) {
        writer.start();
        int next = 0;
        for (int rows : BATCHES) {
          root.getFieldVectors().forEach(FieldVector::reset);
          for (int row = 0; row < rows; row++, next++) {
            for (FieldVector vector : root.getFieldVectors()) {
              if (next % 4 != 3) {
                ((SmallIntVector) vector).setSafe(row, next % 3);
              }
            }
          }
          root.setRowCount(rows);
          writer.writeBatch();
        }
        writer.end();
      }
    }
  }

  private static SmallIntVector codes(
      String name,
      long id,
      FieldVector entries,
      DictionaryProvider.MapDictionaryProvider provider,
      BufferAllocator allocator) {
    var encoding = new DictionaryEncoding(id, false, new ArrowType.Int(16, true));
    provider.put(new Dictionary(entries, encoding));
    return new SmallIntVector(
        name, new FieldType(true, encoding.getIndexType(), encoding), allocator);
  }
}
