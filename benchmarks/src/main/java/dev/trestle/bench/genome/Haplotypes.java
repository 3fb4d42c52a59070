package dev.trestle.bench.genome;

import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Calls haplotypes: the function a user would write in a notebook, in ordinary Tablesaw code.
 *
 * <p>A row's alternatives are the letters among its samples other than N and the reference. A row
 * without any is left out. The samples are paired, the k-th with the k-th plus 15; a pair's
 * haplotype is {@code x|y}, with the reference in place of N (unknown) and - (deleted).
 */
public final class Haplotypes {
  private static final int PAIRS = 15;
  private static final String LETTERS = "-ACGNT"; // in the order in which alternatives are listed
  private static final int UNKNOWN = LETTERS.indexOf('N');
  private static final int DELETED = LETTERS.indexOf('-');

  /** All "x|y", so that no row makes new strings. */
  private static final String[][] HAPLOTYPE = new String[LETTERS.length()][LETTERS.length()];

  /** The list of letters for each set of letters, a bit each: "A,C,T". */
  private static final String[] LISTED = new String[1 << LETTERS.length()];

  static {
    for (int x = 0; x < LETTERS.length(); x++) {
      for (int y = 0; y < LETTERS.length(); y++) {
        HAPLOTYPE[x][y] = LETTERS.charAt(x) + "|" + LETTERS.charAt(y);
      }
    }
    for (int letters = 0; letters < LISTED.length; letters++) {
      StringBuilder list = new StringBuilder();
      for (int x = 0; x < LETTERS.length(); x++) {
        if ((letters & 1 << x) != 0) {
          list.append(list.isEmpty() ? "" : ",").append(LETTERS.charAt(x));
        }
      }
      LISTED[letters] = list.toString();
    }
  }

  private Haplotypes() {}

  /**
   * Calls the haplotypes of a genome matrix.
   *
   * @param part columns CHROM, POS, REF, then the samples' letters
   * @return columns contig, pos, ref, alt, and two for each pair of samples: contig and haplotype
   * @throws IllegalArgumentException if a cell holds anything but one of the letters ACGTN-
   */
  public static Table of(Table part) {
    Column<?> chrom = part.column("CHROM");
    IntColumn position = part.intColumn("POS");
    StringColumn reference = part.stringColumn("REF");
    StringColumn[] samples =
        part.columns().subList(3, part.columnCount()).stream()
            .map(StringColumn.class::cast)
            .toArray(StringColumn[]::new);

    StringColumn contig = StringColumn.create("contig");
    IntColumn pos = IntColumn.create("pos");
    StringColumn ref = StringColumn.create("ref");
    StringColumn alt = StringColumn.create("alt");
    StringColumn[] pairContig = new StringColumn[PAIRS];
    StringColumn[] haplotype = new StringColumn[PAIRS];
    for (int k = 0; k < PAIRS; k++) {
      String pair = samples[k].name() + samples[k + PAIRS].name();
      pairContig[k] = StringColumn.create(pair + "_PI");
      haplotype[k] = StringColumn.create(pair + "_PG_al");
    }

    int[] letters = new int[samples.length];
    for (int row = 0; row < part.rowCount(); row++) {
      int refLetter = letter(reference, row);
      int seen = 0;
      for (int s = 0; s < samples.length; s++) {
        letters[s] = letter(samples[s], row);
        seen |= 1 << letters[s];
      }
      int alternatives = seen & ~(1 << UNKNOWN | 1 << refLetter);
      if (alternatives == 0) {
        continue;
      }
      String chromosome = chrom.getString(row);
      contig.append(chromosome);
      pos.append(position.getInt(row));
      ref.append(reference.get(row));
      alt.append(LISTED[alternatives]);
      for (int k = 0; k < PAIRS; k++) {
        int x = known(letters[k], refLetter);
        int y = known(letters[k + PAIRS], refLetter);
        pairContig[k].append(chromosome);
        haplotype[k].append(HAPLOTYPE[x][y]);
      }
    }

    Table result = Table.create("haplotypes", contig, pos, ref, alt);
    for (int k = 0; k < PAIRS; k++) {
      result.addColumns(pairContig[k], haplotype[k]);
    }
    return result;
  }

  private static int letter(StringColumn column, int row) {
    String cell = column.get(row);
    int letter = cell.length() == 1 ? LETTERS.indexOf(cell.charAt(0)) : -1;
    if (letter < 0) {
      throw new IllegalArgumentException(
          "column %s, row %d: expected a letter of ACGTN-, found '%s'"
              .formatted(column.name(), row, cell));
    }
    return letter;
  }

  private static int known(int letter, int reference) {
    return letter == UNKNOWN || letter == DELETED ? reference : letter;
  }
}
