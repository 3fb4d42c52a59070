package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import tech.tablesaw.io.csv.CsvReadOptions;

/** A source and how it is cut into records: files of one table may differ in their line ends. */
record Origin(CsvSource source, Dialect dialect) {
  private static final int HEAD = 1 << 16; // 64 KiB: a line ends somewhere in there

  static Origin of(CsvSource source, CsvReadOptions options) throws IOException {
    try (InputStream stream = source.open()) {
      return new Origin(source, Dialect.of(options, stream.readNBytes(HEAD)));
    }
  }

  InputStream open() throws IOException {
    return dialect.plain(source.open());
  }

  Splitter splitter(InputStream opened) {
    return new Splitter(opened, dialect, source.charset());
  }

  Charset charset() {
    return source.charset();
  }
}
