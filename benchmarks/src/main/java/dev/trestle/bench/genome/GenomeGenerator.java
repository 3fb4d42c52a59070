package dev.trestle.bench.genome;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Writes a genome matrix, always the same for a given number of rows.
 *
 * <p>The rows are split evenly over the chromosomes 1 to 4. Positions rise by 1 to 5. Each of the
 * 31 samples agrees with the reference base in 85 of 100 cells, and has another letter of {@code
 * ACGTN-} in the others.
 */
final class GenomeGenerator {
  static final int CHROMOSOMES = 4;
  static final int SAMPLES = 31;

  private static final byte[] LETTERS = "ACGTN-".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_ROW = 96; // a chromosome, a position of 10 digits, 32 letters
  private static final int REPORT_EVERY = 1 << 16;

  // Seeded, this is SplitMix64 with the golden-ratio step: the draws are the same everywhere.
  private final SplittableRandom random = new SplittableRandom(42);
  private final byte[] buffer = new byte[1 << 20];
  private final OutputStream out;
  private int used;

  private GenomeGenerator(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the header and the rows, tab-separated.
   *
   * @param rows a multiple of 4
   * @param progress told the number of rows written, now and then
   */
  static void write(long rows, OutputStream out, LongConsumer progress) throws IOException {
    if (rows <= 0 || rows % CHROMOSOMES != 0) {
      throw new IllegalArgumentException(
          "%d rows cannot be split evenly over %d chromosomes".formatted(rows, CHROMOSOMES));
    }
    GenomeGenerator generator = new GenomeGenerator(out);
    generator.header();
    for (int chromosome = 1; chromosome <= CHROMOSOMES; chromosome++) {
      generator.chromosome(chromosome, rows / CHROMOSOMES, progress);
    }
    generator.flush();
  }

  private void header() {
    StringBuilder header = new StringBuilder("CHROM\tPOS\tREF");
    for (int sample = 0; sample < SAMPLES; sample++) {
      header.append("\ts%02d".formatted(sample));
    }
    byte[] bytes = header.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  private void chromosome(int chromosome, long rows, LongConsumer progress) throws IOException {
    int position = 1000;
    for (long row = 0; row < rows; row++) {
      if (used > buffer.length - LONGEST_ROW) {
        flush();
      }
      long draw = random.nextLong();
      int ref = (int) (draw & 3);
      position += 1 + (int) ((draw >>> 8) % 5);
      put((byte) ('0' + chromosome));
      put((byte) '\t');
      put(position);
      put((byte) '\t');
      put(LETTERS[ref]);
      for (int sample = 0; sample < SAMPLES; sample++) {
        put((byte) '\t');
        put(LETTERS[sampleLetter(random.nextLong(), ref)]);
      }
      put((byte) '\n');
      if (row % REPORT_EVERY == 0) {
        progress.accept((chromosome - 1) * rows + row);
      }
    }
  }

  private static int sampleLetter(long draw, int ref) {
    if ((draw >>> 32) % 100 < 85) {
      return ref;
    }
    int other = (int) ((draw & 0xffff_ffffL) % (LETTERS.length - 1));
    return other < ref ? other : other + 1;
  }

  private void put(byte b) {
    buffer[used++] = b;
  }

  private void put(int number) {
    int digits = 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    used += digits;
    for (int i = used - 1; digits > 0; digits--, i--) {
      buffer[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }
}
