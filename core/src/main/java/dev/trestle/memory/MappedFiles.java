package dev.trestle.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which files a process has mapped into its memory now, and what they cost it. See proc(5). */
public final class MappedFiles {
  private static final String DELETED = " (deleted)";

  private MappedFiles() {}

  /**
   * Returns those of the files that the process has mapped now, as they were given. A file that was
   * deleted after it was mapped counts, as long as no new file has taken its name.
   *
   * @return none when the process is gone
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/maps}
   * @throws java.io.UncheckedIOException when the process belongs to somebody else
   */
  public static Set<Path> mappedBy(long pid, Collection<Path> files) {
    Map<String, Path> wanted = byMappedName(files);
    Set<Path> mapped = new HashSet<>();
    for (String line : ProcFile.read(pid, "maps").orElse("").lines().toList()) {
      Path file = wanted.get(MapsLine.key(line));
      file = file == null ? wanted.get(mappedName(line)) : file;
      if (file != null) {
        mapped.add(file);
      }
    }
    return mapped;
  }

  /**
   * Returns the part of the process's PSS, in bytes, that lies in mappings of the files. Only pages
   * that it has touched count.
   *
   * @return 0 when the process is gone
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/smaps}
   * @throws java.io.UncheckedIOException when the process belongs to somebody else
   */
  public static long pss(long pid, Collection<Path> files) {
    Map<String, Path> wanted = byMappedName(files);
    long pss = 0;
    boolean inMapping = false;
    for (String line : ProcFile.read(pid, "smaps").orElse("").lines().toList()) {
      if (startsMapping(line)) {
        inMapping = wanted.containsKey(MapsLine.key(line)) || wanted.containsKey(mappedName(line));
      } else if (inMapping && line.startsWith("Pss:")) {
        pss += ProcessMemory.bytes(line);
      }
    }
    return pss;
  }

  /** A mapping's line starts with its address in lower-case hex, its figures with a capital. */
  private static boolean startsMapping(String line) {
    return !line.isEmpty() && !Character.isUpperCase(line.charAt(0));
  }

  /** The file of a line such as {@code 7f..-7f.. r--s 0 00:1a 42 /dev/shm/x}, else "". */
  private static String mappedName(String line) {
    int slash = line.indexOf('/');
    return slash < 0 ? "" : line.substring(slash);
  }

  private static Map<String, Path> byMappedName(Collection<Path> files) {
    Map<String, Path> names = new HashMap<>();
    for (Path file : files) {
      try {
        // It may have been mapped when it was called something else.
        names.put(MapsLine.key(file), file);
      } catch (IOException e) {
        // A deleted file's name is free again: what is there now is not what was mapped.
        names.put(real(file) + DELETED, file);
      }
    }
    return names;
  }

  /** The kernel shows names without symbolic links; a deleted file still has its folder. */
  private static String real(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      Path folder = absolute.getParent();
      return folder == null || !Files.exists(folder)
          ? absolute.toString()
          : folder.toRealPath().resolve(absolute.getFileName()).toString();
    } catch (IOException e) {
      return absolute.toString(); // removed just now
    }
  }
}
