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
  public static final MappedInodes NONE = new MappedInodes(Map.of());

  private static final Path PROC = Path.of("/proc");

  /** By {@link MapsLine#key}. */
  private final Map<String, Set<Long>> processes;

  private MappedInodes(Map<String, Set<Long>> processes) {
    this.processes = processes;
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
    for (long pid : pids) {
      for (String line : maps(pid)) {
        if (wanted.stream().anyMatch(folder -> MapsLine.isIn(folder, line))) {
          processes.computeIfAbsent(MapsLine.key(line), unknown -> new TreeSet<>()).add(pid);
        }
      }
    }
    return new MappedInodes(processes);
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

  private static List<String> maps(long pid) {
    try {
      Path maps = PROC.resolve(Long.toString(pid)).resolve("maps");
      return Files.readString(maps, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
