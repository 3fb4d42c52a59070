package dev.trestle.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One private folder of the store: in a memory file system, or on disk.
 *
 * <p>The folder is the catalogue. {@code NAME.arrow} is a committed table; {@code
 * .SESSION.TAG.PID-N.tmp} is something a session is writing; {@code SESSION.session} is a session's
 * own folder, {@code .namespace} what all sessions have in common (both only in the first folder of
 * a store).
 *
 * @param path the folder, mode 0700, owned by this user
 * @param inMemory whether it lies in a memory file system
 */
public record StoreFolder(Path path, boolean inMemory) {
  static final String TABLE_SUFFIX = ".arrow";
  static final String TEMPORARY_SUFFIX = ".tmp";

  /** What the sessions of a store have in common besides tables; in the first folder only. */
  static final String COMMON = ".namespace";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Opens a folder, making it with mode 0700 if it is not there.
   *
   * @throws StoreException if it is a link, belongs to somebody else, or is open to others
   */
  public static StoreFolder open(Path path) {
    try {
      Path folder = path.toAbsolutePath().normalize();
      if (folder.getParent() != null) {
        Files.createDirectories(folder.getParent());
      }
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
      } catch (FileAlreadyExistsException e) {
        checkPrivate(folder);
      }
      return new StoreFolder(folder, Files.getFileStore(folder).type().equals("tmpfs"));
    } catch (IOException e) {
      throw new StoreException("cannot use " + path + " as a store folder: " + e, e);
    }
  }

  /** In a folder that others may write to, a planted link or file could be read in our name. */
  private static void checkPrivate(Path folder) throws IOException {
    var attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()) {
      throw new StoreException(
          folder + " is not a folder (a link or a file); remove it or choose another store folder");
    }
    // By number: in a container the user often has no name.
    long self = new UnixSystem().getUid();
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (((Integer) owner).longValue() != self) {
      throw new StoreException(
          "%s belongs to user %s, not to user %d; choose another folder with -Dtrestle.store=..."
              .formatted(folder, attributes.owner().getName(), self));
    }
    var others = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
    others.retainAll(attributes.permissions());
    if (!others.isEmpty()) {
      throw new StoreException(
          "%s is open to other users (%s); run: chmod 700 %s"
              .formatted(folder, PosixFilePermissions.toString(attributes.permissions()), folder));
    }
  }

  /**
   * Checks a table's name: letters, digits, '_', '-' and '.', not beginning with '.' or '-', at
   * most 100 characters. Such a name cannot leave the folder.
   *
   * @throws StoreException if it is no valid name
   */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new StoreException(
          "'%s' is no valid table name: use up to 100 letters, digits, '_', '-' and '.', beginning"
                  .formatted(name)
              + " with a letter, a digit or '_'");
    }
    return name;
  }

  Path tablePath(String name) {
    return path.resolve(fileName(name));
  }

  static String fileName(String name) {
    return checkName(name) + TABLE_SUFFIX;
  }

  /** Where a table is written before it has its name. */
  Path temporaryPath(String session, String tag, long number) {
    return path.resolve(
        ".%s.%s.%d-%d%s"
            .formatted(session, tag, ProcessHandle.current().pid(), number, TEMPORARY_SUFFIX));
  }

  static String temporaryPrefix(String session, String tag) {
    return "." + session + "." + tag + ".";
  }

  /** The session that a temporary file belongs to. */
  static String sessionOfTemporary(Path temporary) {
    String name = temporary.getFileName().toString();
    int end = name.indexOf('.', 1);
    return end < 0 ? "" : name.substring(1, end);
  }

  static String tableName(Path table) {
    String name = table.getFileName().toString();
    return name.substring(0, name.length() - TABLE_SUFFIX.length());
  }

  List<Path> tables() {
    return list("[!.]*" + TABLE_SUFFIX);
  }

  List<Path> temporaries() {
    return list(".*" + TEMPORARY_SUFFIX);
  }

  List<Path> list(String glob) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, glob)) {
      entries.forEach(found::add);
    } catch (NoSuchFileException e) {
      // The whole folder was removed behind our back: an empty catalogue.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  /** How many bytes can still be written here. */
  long free() {
    try {
      if (Files.notExists(path)) {
        open(path); // removed by another process that was the last to use it
      }
      long free = Files.getFileStore(path).getUsableSpace();
      // A tmpfs may promise more than the machine has left; what lies in it cannot be evicted.
      return inMemory ? Math.min(free, MachineMemory.available()) : free;
    } catch (IOException e) {
      return 0;
    }
  }
}
