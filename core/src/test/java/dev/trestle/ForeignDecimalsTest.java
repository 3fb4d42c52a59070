package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.Conversion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decimals as arrow-java writes them. */
class ForeignDecimalsTest {
  @TempDir Path folder;

  @Test
  void wholeOnesOfUpTo18DigitsKeepEachDigitAndOthersBecomeDoubles() throws IOException {
    Path file = folder.resolve("decimals.arrow");
    write(file);
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable shared = store.mapArrow(file);
      var table = shared.table();
      assertEquals(
          Arrays.asList(999_999_999_999_999_999L, null, -999_999_999_999_999_999L),
          table.longColumn("whole").asList());
      assertEquals(Arrays.asList(1e18, null, -1e18), table.doubleColumn("longer").asList());
      assertEquals(Arrays.asList(0.25, null, -0.25), table.doubleColumn("cents").asList());
      assertEquals(
          List.of(ColumnKind.LONG, ColumnKind.DOUBLE, ColumnKind.DOUBLE),
          shared.conversions().stream().map(Conversion::to).toList());
    }
  }

  private static void write(Path file) throws IOException {
    try (var allocator = new RootAllocator();
        var whole = new DecimalVector("whole", allocator, 18, 0);
        var longer = new DecimalVector("longer", allocator, 19, 0);
        var cents = new DecimalVector("cents", allocator, 18, 2);
        var root = VectorSchemaRoot.of(whole, longer, cents);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var writer = new ArrowFileWriter(root, null, channel)) {
      set(whole, "999999999999999999");
      set(longer, "1000000000000000000");
      set(cents, "0.25");
      root.setRowCount(3);
      writer.writeBatch();
      writer.end();
    }
  }

  /** A number, a missing one, and the number with the other sign. */
  private static void set(DecimalVector vector, String number) {
    vector.setSafe(0, new BigDecimal(number));
    vector.setSafe(2, new BigDecimal(number).negate());
    vector.setValueCount(3);
  }
}
