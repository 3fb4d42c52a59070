package dev.trestle.kernel;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.io.csv.CsvReadOptions;

/** A file that {@code %share} reads; its name's ending says how. */
record SharedFile(Path file, String kind) {
  private static final Pattern NAME =
      Pattern.compile(
          ".*\\.(csv|tsv|tab|txt|parquet|arrow|feather|ipc)(\\.(gz|bz2|xz|zst|lz4|zip))?");

  SharedFile(String written) {
    this(Path.of(unquoted(written)), ending(unquoted(written)));
  }

  /** Whether this is the name of a file, and not Java: {@code data/flights.csv}. */
  static boolean isFile(String written) {
    String name = unquoted(written);
    try {
      return !name.contains("(")
          && NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()
          && (name.equals(written) ? Files.exists(Path.of(name)) || name.contains("/") : true);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String unquoted(String written) {
    return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
        ? written.substring(1, written.length() - 1)
        : written;
  }

  private static String ending(String name) {
    Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new MagicMistake("does not know how to read '%s'.".formatted(name));
    }
    return matcher.group(1);
  }

  /** Reads the file into shared memory; to replace a table, beside that one until it is read. */
  SharedTable share(String name, boolean replace) {
    if (!Files.exists(file)) {
      throw new MagicMistake(
          "finds no file '%s' in %s.".formatted(file, Path.of("").toAbsolutePath()));
    }
    boolean isTaken = Trestle.tables().stream().anyMatch(table -> table.name().equals(name));
    if (!replace || !isTaken) {
      return read(name);
    }
    SharedTable read = read(name + ".new-" + ProcessHandle.current().pid());
    try {
      return Trestle.replace(name, read.table());
    } finally {
      read.drop();
    }
  }

  private SharedTable read(String name) {
    return switch (kind) {
      case "parquet" -> Trestle.shareParquet(name, file);
      case "arrow", "feather", "ipc" -> Trestle.shareArrow(name, file);
      case "csv" -> Trestle.shareCsv(name, CsvReadOptions.builder(file.toString()).build());
      default ->
          Trestle.shareCsv(name, CsvReadOptions.builder(file.toString()).separator('\t').build());
    };
  }
}
