package dev.trestle.bench.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenomeGeneratorTest {

  @ParameterizedTest
  @CsvSource({
    "8, 706, edff60c56e434960d0834371286d89791d8dabdb7b7de5ccaa045901ea12f131",
    "4000, 284138, 6388e5b17be3f68cd7d01c4f744cbd05252eb1b840de110d4cfaadfe40d8ab28",
    "400000, 29056049, 3cef588d1aaea35f21268ba5df3ab8f7815fa1a7a1eeb446c661738795b4da19"
  })
  void theMatrixIsTheSameEverywhere(long rows, long bytes, String sha256) throws IOException {
    var written = new Fingerprint.Stream();
    GenomeGenerator.write(rows, written, reached -> {});
    assertEquals(new Fingerprint(rows, bytes, sha256), written.fingerprint());
  }

  @Test
  void aRowHasChromosomePositionReferenceAnd31Samples() throws IOException {
    var written = new ByteArrayOutputStream();
    GenomeGenerator.write(4, written, reached -> {});
    List<String> lines = written.toString(StandardCharsets.US_ASCII).lines().toList();
    assertEquals(5, lines.size());
    assertEquals("CHROM\tPOS\tREF\ts00", lines.getFirst().substring(0, 17));
    for (int chromosome = 1; chromosome <= 4; chromosome++) {
      String[] fields = lines.get(chromosome).split("\t", -1);
      assertEquals(34, fields.length);
      assertEquals(String.valueOf(chromosome), fields[0]);
    }
  }

  @Test
  void progressRises() throws IOException {
    List<Long> told = new ArrayList<>();
    GenomeGenerator.write(400_000, new Fingerprint.Stream(), told::add);
    assertEquals(told.stream().sorted().distinct().toList(), told);
    assertEquals(8, told.size());
  }

  @Test
  void rowsThatCannotBeSplitEvenlyAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> GenomeGenerator.write(6, new Fingerprint.Stream(), reached -> {}));
    assertEquals("6 rows cannot be split evenly over 4 chromosomes", e.getMessage());
  }
}
