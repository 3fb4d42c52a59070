package dev.trestle.bench.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvWriteOptions;

class HaplotypesTest {
  private static final String ALL_A = "A".repeat(31);

  @Test
  void aPairIsTheKthSampleWithTheFifteenthAfterIt() {
    Table result = Haplotypes.of(matrix("A", "C" + "A".repeat(14) + "GT" + "A".repeat(14)));
    assertEquals("C|G", result.stringColumn("s00s15_PG_al").get(0));
    assertEquals("A|T", result.stringColumn("s01s16_PG_al").get(0));
    assertEquals("A|A", result.stringColumn("s14s29_PG_al").get(0));
  }

  @Test
  void theLastSampleIsUnpairedButItsLetterIsAnAlternative() {
    Table result = Haplotypes.of(matrix("A", "A".repeat(30) + "C"));
    assertEquals("C", result.stringColumn("alt").get(0));
    assertEquals("A|A", result.stringColumn("s14s29_PG_al").get(0));
  }

  @Test
  void alternativesAreListedOnceAndInOrder() {
    Table result = Haplotypes.of(matrix("A", "TGC-NTGC-N" + "A".repeat(21)));
    assertEquals("-,C,G,T", result.stringColumn("alt").get(0));
  }

  @Test
  void theReferenceStandsForUnknownAndDeleted() {
    Table result = Haplotypes.of(matrix("G", "N-C" + "G".repeat(12) + "-TN" + "G".repeat(13)));
    assertEquals("G|G", result.stringColumn("s00s15_PG_al").get(0));
    assertEquals("G|T", result.stringColumn("s01s16_PG_al").get(0));
    assertEquals("C|G", result.stringColumn("s02s17_PG_al").get(0));
  }

  @Test
  void aRowWithoutAlternativesIsLeftOut() {
    Table result = Haplotypes.of(matrix("A", ALL_A, "N" + "A".repeat(30), "C" + "A".repeat(30)));
    assertEquals(List.of(1003), result.intColumn("pos").asList());
  }

  @Test
  void thirtyFourColumnsComeOut() {
    Table result = Haplotypes.of(matrix("A", "C" + "A".repeat(30)));
    assertEquals(34, result.columnCount());
    assertEquals(
        List.of("contig", "pos", "ref", "alt", "s00s15_PI", "s00s15_PG_al"),
        result.columnNames().subList(0, 6));
    assertEquals(ColumnType.INTEGER, result.column("pos").type());
    assertEquals(List.of("7"), result.stringColumn("contig").asList());
    assertEquals(List.of("7"), result.stringColumn("s14s29_PI").asList());
  }

  @Test
  void aCellThatIsNoLetterIsToldWithItsPlace() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Haplotypes.of(matrix("A", ALL_A, "AX" + "A".repeat(29))));
    assertEquals("column s01, row 1: expected a letter of ACGTN-, found 'X'", e.getMessage());
  }

  @Test
  void theRuleAgreesWithThePlainTextOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("genome.tsv");
    try (OutputStream out = Files.newOutputStream(file)) {
      GenomeGenerator.write(2_000, out, reached -> {});
    }
    var expected = new ByteArrayOutputStream();
    ReferenceHaplotypes.write(file, expected);

    var options = CsvReadOptions.builder(file.toFile()).separator('\t').build();
    Table result = Haplotypes.of(Table.read().usingOptions(options));
    var text = new ByteArrayOutputStream();
    result
        .write()
        .usingOptions(CsvWriteOptions.builder(text).separator('\t').lineEnd("\n").build());

    assertEquals(expected.toString(StandardCharsets.UTF_8), text.toString(StandardCharsets.UTF_8));
  }

  /** Rows of chromosome 7 from position 1001 on, with the reference and the samples' letters. */
  private static Table matrix(String reference, String... rows) {
    IntColumn chrom = IntColumn.create("CHROM");
    IntColumn pos = IntColumn.create("POS");
    StringColumn ref = StringColumn.create("REF");
    Table table = Table.create("matrix", chrom, pos, ref);
    for (int sample = 0; sample < 31; sample++) {
      table.addColumns(StringColumn.create("s%02d".formatted(sample)));
    }
    for (String row : rows) {
      assertEquals(31, row.length(), "letters in a row");
      chrom.append(7);
      pos.append(1001 + pos.size());
      ref.append(reference);
      for (int sample = 0; sample < 31; sample++) {
        table.stringColumn(3 + sample).append(row.substring(sample, sample + 1));
      }
    }
    return table;
  }
}
