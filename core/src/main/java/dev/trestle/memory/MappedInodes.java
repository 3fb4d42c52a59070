package dev.trestle.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which processes have files of some folders mapped at one moment, whatever names the files had
 * when they were mapped. See proc(5).
 */
public final class MappedInodes {
  /** Nothing is mapped. */
  public static final MappedInodes NONE = new MappedInodes(Map.of(), Map.of());

  private static final Path PROC = Path.of("/proc");

  /** By {@link MapsLine#key}. */
  private final Map<String, Set<Long>> processes;

  /** How far each file is mapped, in bytes: its size in whole pages if all of it is. */
  private final Map<String, Long> extents;

  private MappedInodes(Map<String, Set<Long>> processes, Map<String, Long> extents) {
    this.processes = processes;
    this.extents = extents;
  }

  /** Reads what all processes have mapped that this user may look at. */
  public static MappedInodes ofAll(Collection<Path> folders) {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      all.forEach(process -> pids.add(Long.parseLong(process.getFileName().toString())));
    } catch (IOException e) {
      return NONE; // a system without it
    }
    return of(pids, folders);
  }

  /** Reads what some processes have mapped; none for those that are gone or somebody else's. */
  public static MappedInodes of(Collection<Long> pids, Collection<Path> folders) {
    List<String> wanted = new ArrayList<>();
    for (Path folder : folders) {
      try {
        wanted.add(MapsLine.folder(folder));
      } catch (IOException e) {
        // no folder, no files
      }
    }
    Map<String, Set<Long>> processes = new HashMap<>();
    Map<String, Long> extents = new HashMap<>();
    for (long pid : pids) {
      for (String line : maps(pid)) {
        if (wanted.stream().anyMatch(folder -> MapsLine.isIn(folder, line))) {
          String key = MapsLine.key(line);
          processes.computeIfAbsent(key, unknown -> new TreeSet<>()).add(pid);
          extents.merge(key, MapsLine.extent(line), Math::max);
        }
      }
    }
    return new MappedInodes(processes, extents);
  }

  /** The processes that have one or more of the files mapped. */
  public List<Long> by(Collection<Path> files) {
    Set<Long> found = new TreeSet<>();
    for (Path file : files) {
      try {
        found.addAll(processes.getOrDefault(MapsLine.key(file), Set.of()));
      } catch (IOException e) {
        // removed just now
      }
    }
    return List.copyOf(found);
  }

  /**
   * The bytes of mapped files that are none of these, each once, in whole pages: those that were
   * deleted, if these are all that the folders have.
   */
  public long bytesBesides(Collection<Path> files) {
    Map<String, Long> others = new HashMap<>(extents);
    for (Path file : files) {
      try {
        others.remove(MapsLine.key(file));
      } catch (IOException e) {
        // removed just now
      }
    }
    return others.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<String> maps(long pid) {
    try {
      Path maps = PROC.resolve(Long.toString(pid)).resolve("maps");
      return Files.readString(maps, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
