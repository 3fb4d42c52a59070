package dev.trestle;

import com.sun.security.auth.module.UnixSystem;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import dev.trestle.worker.StartCaches;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the default store keeps its tables: in memory first, on disk when that is full. */
final class DefaultFolders {
  /** One or more folders, best first, instead of the default ones. */
  static final String FOLDERS_PROPERTY = "trestle.store";

  /** The same from the environment, for notebooks. */
  static final String FOLDERS_VARIABLE = "TRESTLE_STORE";

  /** A folder for the start caches of workers, or {@value #OFF}. */
  static final String START_PROPERTY = "trestle.start";

  /** The same from the environment. */
  static final String START_VARIABLE = "TRESTLE_START";

  private static final String OFF = "off";

  /** The session that a worker's results belong to. */
  static final String SESSION_PROPERTY = "trestle.session";

  /** How a separator that is part of a path is written. */
  private static final String ESCAPED_SEPARATOR = "\\" + File.pathSeparator;

  private static final String UNESCAPED_SEPARATOR = "(?<!\\\\)" + File.pathSeparator;

  /** What the JDK has for a user without an entry in passwd(5), as containers often run. */
  private static final String UNKNOWN = "?";

  private static final Path MEMORY = Path.of("/dev/shm");

  private DefaultFolders() {}

  static List<StoreFolder> open() {
    String chosen = System.getProperty(FOLDERS_PROPERTY, System.getenv(FOLDERS_VARIABLE));
    List<Path> paths = new ArrayList<>();
    if (chosen != null && !chosen.isBlank()) {
      for (String path : chosen.split(UNESCAPED_SEPARATOR)) {
        paths.add(Path.of(path.replace(ESCAPED_SEPARATOR, File.pathSeparator)));
      }
    } else {
      if (Files.isDirectory(MEMORY) && Files.isWritable(MEMORY)) {
        // Named after the user, as others have theirs beside it.
        paths.add(MEMORY.resolve("trestle-" + user()));
      }
      paths.add(cache());
    }
    return paths.stream().map(StoreFolder::open).toList();
  }

  /** The given folders in the form that {@link #FOLDERS_PROPERTY} takes. */
  static String property(List<StoreFolder> folders) {
    return String.join(
        File.pathSeparator,
        folders.stream()
            .map(folder -> folder.path().toString())
            .map(path -> path.replace(File.pathSeparator, ESCAPED_SEPARATOR))
            .toList());
  }

  /** Takes the folders away when nobody has anything in them, and the user has not made them. */
  static void removeEmpty(List<StoreFolder> folders) {
    for (StoreFolder folder : folders) {
      if (!removed(folder.path())) {
        return; // Sessions lie in the first folder and count on the others.
      }
    }
  }

  /**
   * Whether the folder is gone, or the user's own. A thread that was writing when the JVM was told
   * to end may be about to remove its file, so without another session there is a second look, and
   * a few more.
   */
  private static boolean removed(Path folder) {
    for (int look = 0; look < 20; look++) {
      try {
        if (!StoreFolder.isMadeHere(folder)) {
          return true;
        }
        Files.deleteIfExists(folder);
        return true;
      } catch (NoSuchFileException e) {
        return true;
      } catch (IOException e) {
        String[] names = folder.toFile().list();
        if (names == null || Stream.of(names).anyMatch(name -> name.endsWith(".session"))) {
          return false;
        }
        LockSupport.parkNanos(5_000_000); // 5 ms
      }
    }
    return false;
  }

  /**
   * Where start caches of workers are kept; null if there are to be none, or the folder is not this
   * user's alone.
   */
  static @Nullable StartCaches startCaches() {
    String chosen = System.getProperty(START_PROPERTY, System.getenv(START_VARIABLE));
    if (chosen != null && chosen.equals(OFF)) {
      return null;
    }
    Path store = cache();
    Path folder =
        chosen != null && !chosen.isBlank()
            ? Path.of(chosen)
            : store.resolveSibling(store.getFileName() + "-start");
    try {
      return new StartCaches(StoreFolder.open(folder).path(), Rehearsal.class);
    } catch (StoreException e) {
      return null; // workers start without, a little later
    }
  }

  private static String user() {
    String name = System.getProperty("user.name");
    return name.equals(UNKNOWN)
        ? Long.toString(new UnixSystem().getUid())
        : name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  /** See the XDG Base Directory Specification. */
  private static Path cache() {
    String base = System.getenv("XDG_CACHE_HOME");
    if (base != null && !base.isBlank()) {
      return Path.of(base, "trestle");
    }
    String home = System.getProperty("user.home");
    return home.equals(UNKNOWN)
        ? Path.of(System.getProperty("java.io.tmpdir"), "trestle-" + user())
        : Path.of(home, ".cache", "trestle");
  }
}
