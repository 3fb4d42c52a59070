package dev.trestle.bench.genome;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of rows on the command line: one that a matrix can have. */
public final class RowCount implements ITypeConverter<Long> {

  @Override
  public Long convert(String value) {
    long rows;
    try {
      rows = Long.parseLong(value.replace("_", "").replace(",", ""));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is no number".formatted(value));
    }
    if (rows < GenomeFile.SMALLEST || rows % GenomeGenerator.CHROMOSOMES != 0) {
      throw new TypeConversionException(
          "a matrix has %d rows at least, and a multiple of %d of them; %,d were asked for"
              .formatted(GenomeFile.SMALLEST, GenomeGenerator.CHROMOSOMES, rows));
    }
    return rows;
  }
}
