package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A file that belongs to somebody else, at a moment: what changes when its bytes change.
 *
 * @param path absolute
 * @param size in bytes
 * @param modified when it was last written to
 * @param inode which file it is, whatever its name
 */
record SourceStamp(Path path, long size, FileTime modified, long inode) {

  static SourceStamp of(Path file) throws IOException {
    Path path = file.toRealPath();
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    return new SourceStamp(
        path,
        found.size(),
        found.lastModifiedTime(),
        ((Number) Files.getAttribute(path, "unix:ino")).longValue());
  }

  /**
   * Checks that the file is what it was.
   *
   * @throws SourceChangedException if it is not
   */
  void check(Path table) {
    SourceStamp now;
    try {
      now = of(path);
    } catch (NoSuchFileException e) {
      throw new SourceChangedException(
          "the table in %s reads %s in place, and that file is gone; bring it back, or share the table"
                  .formatted(table, path)
              + " anew");
    } catch (IOException e) {
      throw new SourceChangedException(
          "the table in %s reads %s in place, and that cannot be looked at: %s"
              .formatted(table, path, e));
    }
    if (!now.equals(this)) {
      throw new SourceChangedException(
          "the table in %s reads %s in place, and that file has changed since: it had %,d bytes of %s,"
                  .formatted(table, path, size, modified)
              + " and has %,d of %s now; map or share it anew".formatted(now.size, now.modified));
    }
  }

  String encoded() {
    return "%s %d %s %d".formatted(Conversion.quote(path.toString()), size, modified, inode);
  }

  static SourceStamp decode(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    return new SourceStamp(
        Path.of(Conversion.unquote(parts.get(0))),
        Long.parseLong(parts.get(1)),
        FileTime.from(Instant.parse(parts.get(2))),
        Long.parseLong(parts.get(3)));
  }
}
