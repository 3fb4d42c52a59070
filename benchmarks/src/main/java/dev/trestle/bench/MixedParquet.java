package dev.trestle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The columns of {@link MixedText} as a Parquet file, not compressed, so that chunks are large. */
final class MixedParquet {
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message mixed {
            required int64 id;
            required int64 at (TIMESTAMP(MILLIS, false));
            optional double price;
            required boolean ok;
            required binary word (STRING);
            required binary key (STRING);
            required binary note (STRING);
          }
          """);
  private static final int WORDS = 2_000;
  private static final long YEAR_2000 = 946_684_800_000L; // ms
  private static final long EIGHT_YEARS = 8 * 365 * 86_400_000L; // ms
  private static final int LOOK = 10_000; // rows

  private final SplittableRandom random = new SplittableRandom(7);
  private final SimpleGroupFactory rows = new SimpleGroupFactory(TYPE);
  private final StringBuilder note = new StringBuilder();

  /**
   * Writes rows until there are about that many bytes.
   *
   * @param rowGroup bytes a row group
   * @param progress told the bytes so far, now and then
   * @return how many rows
   */
  static long write(Path file, long bytes, long rowGroup, LongConsumer progress)
      throws IOException {
    Files.deleteIfExists(file);
    MixedParquet mixed = new MixedParquet();
    long id = 0;
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(TYPE)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withRowGroupSize(rowGroup)
            .build()) {
      for (; id % LOOK > 0 || writer.getDataSize() < bytes; id++) {
        writer.write(mixed.row(id));
        if (id % LOOK == 0) {
          progress.accept(Math.min(writer.getDataSize(), bytes));
        }
      }
    }
    return id;
  }

  private Group row(long id) {
    Group row = rows.newGroup();
    row.add("id", id);
    row.add("at", YEAR_2000 + random.nextLong(EIGHT_YEARS));
    if (random.nextInt(20) > 0) {
      row.add("price", random.nextInt(100_000_000) / 100.0);
    }
    row.add("ok", random.nextBoolean());
    row.add("word", "word" + random.nextInt(WORDS));
    row.add("key", Long.toHexString(random.nextLong()));
    note.setLength(0);
    for (int words = random.nextInt(30); words > 0; words--) {
      note.append("word").append(random.nextInt(WORDS)).append(' ');
    }
    row.add("note", note.toString());
    return row;
  }
}
