package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Unfinished;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is written from the mapping of another one, whose file somebody has cut. */
class CutWhileWrittenTest {
  @TempDir Path folder;

  @Test
  void memoryThatTheOperatingSystemCannotReadIsTheCutFiles() throws IOException {
    try (var catalogue = Catalogue.open(List.of(StoreFolder.open(folder)))) {
      MappedTable whole = catalogue.commit("cut", Numbers.of(1, 100_000));
      Path file = whole.location();
      TableFile mapped = whole.head();
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(4096);
      }
      var failure =
          assertThrows(
              DamagedTableException.class,
              () ->
                  catalogue
                      .results()
                      .write("part", new Handed(mapped))); // as the share of a view may
      assertTrue(
          ("" + failure.getMessage()).startsWith("table file " + file), failure.getMessage());
      assertEquals(List.of(), Unfinished.in(folder));
    }
  }

  /** Gives the mapping itself to the channel: the write fails with EFAULT, not the read. */
  private record Handed(TableFile from) implements TableContent {
    @Override
    public long rows() {
      return 100_000;
    }

    @Override
    public List<ColumnPayload> columns() {
      var bytes =
          new Bytes() {
            @Override
            public long size() {
              return 800_000;
            }

            @Override
            public void writeTo(FileChannel out, long position) throws IOException {
              Bytes.writeFully(out, from.mapping().asSlice(0, size()).asByteBuffer(), position);
            }
          };
      return List.of(new ColumnPayload("n", ColumnKind.LONG, 0, List.of(Bytes.NONE, bytes), null));
    }
  }
}
