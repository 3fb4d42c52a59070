package dev.trestle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a store folder has of files that are being written, or are on their way. */
public final class Unfinished {
  private Unfinished() {}

  /** Without the links by which a session owns and reads what is there. */
  public static List<String> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".tmp") || name.startsWith(".ingest"))
          .filter(name -> !name.contains(".own.") && !name.contains(".pin."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
