package dev.trestle.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a file of a table stands among the table's versions.
 *
 * <p>A table that rows were appended to lies in several files: a series. The head's lineage names
 * them all, as they are numbered from 0; it stays as short as it is after any number of appends.
 *
 * @param series the id of the series' first file
 * @param file the number of this file in the series
 * @param version 1 when the table is new, and one more for each replace and append
 * @param rowsBefore how many rows the earlier files of the series have
 */
record Lineage(String series, int file, long version, long rowsBefore) implements Serializable {
  /** How many files a table can have: each takes one of the 65,530 mappings that a process may. */
  static final int MOST_FILES = 16_384;

  static final String KEY = "trestle.lineage";

  private static final Pattern PARTS =
      Pattern.compile("version=(\\d{19}) file=(\\d{5}) after=(\\d{19}) series=([0-9a-f-]{36})");

  private static final Pattern SERIES = Pattern.compile("[0-9a-f-]{36}");

  Lineage {
    // It becomes part of file names.
    if (!SERIES.matcher(series).matches()) {
      throw new IllegalArgumentException("'" + series + "' is no series of a table's files");
    }
  }

  /** Of a table that has just got its name. */
  static Lineage first(String id) {
    return new Lineage(id, 0, 1, 0);
  }

  /** Of a table that replaces another one. */
  static Lineage replacing(String id, @Nullable Lineage replaced) {
    return new Lineage(id, 0, replaced == null ? 1 : replaced.version + 1, 0);
  }

  /** Of rows that are appended to a table with that head. */
  static Lineage appendedTo(TableFile head) {
    Lineage before = head.lineage();
    return new Lineage(
        before.series, before.file + 1, before.version + 1, before.rowsBefore + head.rows());
  }

  /** Of the same files elsewhere. */
  Lineage copied() {
    return new Lineage(series, file, version + 1, rowsBefore);
  }

  /** Of one of the files before this one. */
  Lineage earlier(int file) {
    return new Lineage(series, file, 0, 0);
  }

  /** What the file is called, beside its table's name. */
  String fileName() {
    return series + "-" + file;
  }

  /** Of fixed width, so that it can be corrected in a file that is written already. */
  String text() {
    return "version=%019d file=%05d after=%019d series=%s"
        .formatted(version, file, rowsBefore, series);
  }

  static @Nullable Lineage parse(@Nullable String text) {
    Matcher parts = PARTS.matcher(text == null ? "" : text);
    return parts.matches()
        ? new Lineage(
            parts.group(4),
            Integer.parseInt(parts.group(2)),
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(3)))
        : null;
  }

  /**
   * Writes this lineage over another one in a file that has no name yet: where a table stands is
   * certain only once the lock is held, and its rows are written before.
   *
   * @param written what the file says now, in the schema in front and in that of the footer
   */
  void stamp(Path path, Lineage written, boolean toStay) throws IOException {
    byte[] old = written.text().getBytes(StandardCharsets.US_ASCII);
    try (var file =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      long size = file.size();
      int magic = ArrowFileWriter.MAGIC.length;
      // See "IPC File Format": magic, padding, continuation, length; and length, magic at the end.
      long schema = 16L + read(file, 12, Integer.BYTES).getInt(0);
      long footer = size - magic - Integer.BYTES;
      footer -= read(file, footer, Integer.BYTES).getInt(0);
      overwrite(file, old, 0, schema);
      overwrite(file, old, footer, size);
      if (toStay) {
        file.force(false);
      }
    }
  }

  private void overwrite(FileChannel file, byte[] old, long from, long to) throws IOException {
    byte[] bytes = read(file, from, Math.toIntExact(to - from)).array();
    String text = new String(bytes, StandardCharsets.ISO_8859_1); // a character a byte
    int at = text.indexOf(new String(old, StandardCharsets.ISO_8859_1));
    if (at < 0) {
      throw new StoreException("a table that was just written does not say where it stands");
    }
    ByteBuffer now = ByteBuffer.wrap(text().getBytes(StandardCharsets.US_ASCII));
    Bytes.writeFully(file, now, from + at);
  }

  private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {}
    return bytes.rewind();
  }
}
