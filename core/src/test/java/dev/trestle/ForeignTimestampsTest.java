package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.Conversion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.columns.Column;

/**
 * Timestamps of every unit and kind of zone, as arrow-java writes them. A zone says how a moment is
 * shown, not which one it is; without one, the numbers are those of a clock on a wall.
 */
class ForeignTimestampsTest {
  private static final List<String> ZONES = List.of("", "UTC", "Europe/Oslo", "+05:30");
  private static final List<Instant> MOMENTS =
      List.of(
          Instant.parse("2024-02-29T12:34:56Z"),
          Instant.parse("1969-12-31T23:59:59Z"),
          Instant.parse("1700-03-01T00:00:00Z"));

  @TempDir Path folder;

  @Test
  void timestampsOfEveryUnitAndZoneAreTheMomentsThatWereWritten() throws IOException {
    Path file = folder.resolve("java.arrow");
    write(file);
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedTable shared = store.mapArrow(file);
      var converted = new ArrayList<String>();
      for (TimeUnit unit : TimeUnit.values()) {
        for (String zone : ZONES) {
          Column<?> column = shared.table().column(unit + zone);
          for (int row = 0; row < MOMENTS.size(); row++) {
            Instant moment = MOMENTS.get(row);
            Object expected =
                zone.isEmpty() ? LocalDateTime.ofInstant(moment, ZoneOffset.UTC) : moment;
            assertEquals(expected, column.get(row), column.name());
          }
          assertTrue(column.isMissing(MOMENTS.size()), column.name());
          if (unit != TimeUnit.MILLISECOND) {
            converted.add(column.name());
          }
        }
      }
      assertEquals(converted, shared.conversions().stream().map(Conversion::column).toList());
    }
  }

  private static void write(Path file) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        var root =
            new VectorSchemaRoot(
                Arrays.stream(TimeUnit.values())
                    .flatMap(unit -> ZONES.stream().map(zone -> column(unit, zone, allocator)))
                    .toList());
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var writer = new ArrowFileWriter(root, null, channel)) {
      root.setRowCount(MOMENTS.size() + 1);
      writer.writeBatch();
      writer.end();
    }
  }

  private static FieldVector column(TimeUnit unit, String zone, BufferAllocator allocator) {
    var type = new ArrowType.Timestamp(unit, zone.isEmpty() ? null : zone);
    var vector =
        (TimeStampVector)
            new Field(unit + zone, FieldType.nullable(type), null).createVector(allocator);
    long inASecond = (long) Math.pow(1000, unit.ordinal()); // they are in the order of their size
    for (int row = 0; row < MOMENTS.size(); row++) {
      vector.setSafe(row, MOMENTS.get(row).getEpochSecond() * inASecond);
    }
    vector.setValueCount(MOMENTS.size() + 1);
    return vector;
  }
}
