package dev.trestle.bench.genome;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The rule of {@link Haplotypes} once more, as plain as can be: text line by text line, one thread,
 * no tables. What the demo's result is compared with.
 */
final class ReferenceHaplotypes {
  private static final int FIRST_SAMPLE = 3; // after CHROM, POS, REF
  private static final int PAIRS = 15;

  private ReferenceHaplotypes() {}

  /** Writes the result for a tab-separated genome matrix, header first. */
  static void write(Path genome, OutputStream out) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(genome);
        BufferedWriter writer =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      String firstLine = in.readLine();
      if (firstLine == null) {
        throw new IOException(genome + " is empty: not even a header");
      }
      List<String> header = fields(firstLine);
      List<String> names = new ArrayList<>(List.of("contig", "pos", "ref", "alt"));
      for (int k = FIRST_SAMPLE; k < FIRST_SAMPLE + PAIRS; k++) {
        String pair = header.get(k) + header.get(k + PAIRS);
        names.add(pair + "_PI");
        names.add(pair + "_PG_al");
      }
      writer.write(String.join("\t", names) + "\n");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        writer.write(haplotypes(fields(line)));
      }
    }
  }

  private static String haplotypes(List<String> row) {
    String contig = row.get(0);
    String ref = row.get(2);
    var alternatives = new TreeSet<>(row.subList(FIRST_SAMPLE, row.size()));
    alternatives.removeAll(List.of("N", ref));
    if (alternatives.isEmpty()) {
      return "";
    }
    var cells = new ArrayList<>(List.of(contig, row.get(1), ref, String.join(",", alternatives)));
    for (int k = FIRST_SAMPLE; k < FIRST_SAMPLE + PAIRS; k++) {
      String haplotype = row.get(k) + "|" + row.get(k + PAIRS);
      cells.add(contig);
      cells.add(haplotype.replace("N", ref).replace("-", ref));
    }
    return String.join("\t", cells) + "\n";
  }

  private static List<String> fields(String line) {
    return Arrays.asList(line.split("\t", -1));
  }
}
