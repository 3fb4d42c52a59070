package dev.trestle.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Delimited text of all kinds, the same for a given size: numbers, times, booleans, words that
 * repeat, keys that never do, sentences, and gaps in between.
 */
final class MixedText {
  private static final int BUFFER = 1 << 20;
  private static final String HEADER = "id,at,price,ok,word,key,note\n";
  private static final int WORDS = 2_000;
  private static final int DAYS = 3_000;

  private final SplittableRandom random = new SplittableRandom(7);
  private final StringBuilder row = new StringBuilder();

  /**
   * Writes rows until there are that many bytes.
   *
   * @param progress told the bytes so far, now and then
   * @return how many rows
   */
  static long write(long bytes, OutputStream out, LongConsumer progress) throws IOException {
    MixedText text = new MixedText();
    text.row.append(HEADER);
    long rows = 0;
    for (long written = 0; written < bytes; ) {
      while (text.row.length() < BUFFER) {
        text.add(rows++);
      }
      byte[] piece = text.row.toString().getBytes(StandardCharsets.US_ASCII);
      out.write(piece);
      written += piece.length;
      text.row.setLength(0);
      progress.accept(Math.min(written, bytes));
    }
    return rows;
  }

  private void add(long id) {
    row.append(id).append(',');
    date();
    if (random.nextInt(20) > 0) {
      row.append(random.nextInt(1_000_000)).append('.').append(random.nextInt(10, 100));
    }
    row.append(random.nextBoolean() ? ",true,word" : ",false,word")
        .append(random.nextInt(WORDS))
        .append(',')
        .append(Long.toHexString(random.nextLong()))
        .append(",\"");
    int words = random.nextInt(30);
    for (int i = 0; i < words; i++) {
      row.append("word").append(random.nextInt(WORDS)).append(i % 7 == 6 ? ", " : " ");
    }
    row.append("\"\n");
  }

  private void date() {
    int day = random.nextInt(DAYS);
    row.append(2000 + day / 336).append('-');
    twoDigits(day / 28 % 12 + 1).append('-');
    twoDigits(day % 28 + 1).append(' ');
    twoDigits(random.nextInt(24)).append(':');
    twoDigits(random.nextInt(60)).append(':');
    twoDigits(random.nextInt(60)).append(',');
  }

  private StringBuilder twoDigits(int number) {
    return row.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
