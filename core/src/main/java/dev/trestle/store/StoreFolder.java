package dev.trestle.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * One private folder of the store: in a memory file system, or on disk.
 *
 * <p>The folder is the catalogue, and these are its names:
 *
 * <ul>
 *   <li>{@code NAME.arrow}: a committed table, or its newest rows; {@code NAME.npy}: an array
 *   <li>{@code .NAME.SERIES-N.part}: earlier rows of a table that was appended to, see {@link
 *       Lineage}
 *   <li>{@code .SESSION.TAG.PID-N.tmp}: something that a session is writing, or a hard link by
 *       which it owns a table ({@code own}) or reads a version ({@code pin})
 *   <li>{@code SESSION.session}: a session's own folder, with the lock that says that it lives, in
 *       each folder of a store
 *   <li>{@code .namespace}: what all sessions have in common, in the first folder of a store
 * </ul>
 *
 * @param path the folder, mode 0700, owned by this user
 * @param inMemory whether it lies in a memory file system
 */
public record StoreFolder(Path path, boolean inMemory) {
  /** Of tables. */
  public static final String TABLE_SUFFIX = ".arrow";

  /** Of arrays. */
  public static final String ARRAY_SUFFIX = ".npy";

  static final String PART_SUFFIX = ".part";
  static final String TEMPORARY_SUFFIX = ".tmp";

  /** What the sessions of a store have in common besides tables; in the first folder only. */
  static final String COMMON = ".namespace";

  /** Marks the hard links by which a session owns what has a name. */
  static final String OWN = "own";

  /** Marks the hard links by which a session keeps the versions that it has attached. */
  static final String PIN = "pin";

  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Without meaning in a folder of one user, it marks those that were made here, see stat(2). */
  private static final int STICKY = 01000;

  /** Of all stores in this JVM: they may write into one folder for one session. */
  private static final AtomicLong TEMPORARIES = new AtomicLong();

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
        Files.setAttribute(folder, "unix:mode", STICKY | 0700);
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
   * Checks the name of a table or an array: letters, digits, '_', '-' and '.', not beginning with
   * '.' or '-', at most 100 characters. Such a name cannot leave the folder.
   *
   * @throws StoreException if it is no valid name
   */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new StoreException(
          "'%s' is no valid name: use up to 100 letters, digits, '_', '-' and '.', beginning"
                  .formatted(name)
              + " with a letter, a digit or '_'");
    }
    return name;
  }

  /** Whether a folder was made by {@link #open}, not by the user. */
  public static boolean isMadeHere(Path folder) throws IOException {
    Object mode = Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return ((Integer) mode & STICKY) != 0;
  }

  /** Where the thing of that name lies, if there is one. */
  Path headPath(String name, String suffix) {
    return path.resolve(checkName(name) + suffix);
  }

  Path partPath(String name, Lineage lineage) {
    return path.resolve("." + name + "." + lineage.fileName() + PART_SUFFIX);
  }

  /** The name of the table that a part belongs to. */
  static String nameOfPart(Path part) {
    String file = part.getFileName().toString();
    int end = file.lastIndexOf('.', file.length() - PART_SUFFIX.length() - 1);
    return end < 1 ? "" : file.substring(1, end);
  }

  /** Where a session keeps a file of a version; the same for all who attach it. */
  Path pinPath(String session, Lineage lineage) {
    return pinPath(session, lineage.fileName());
  }

  /** Where a session keeps a file; the same for all who attach it. */
  Path pinPath(String session, String file) {
    return path.resolve(temporaryPrefix(session, PIN) + file + TEMPORARY_SUFFIX);
  }

  /** A name that nothing had before, for what is written or linked for a session. */
  Path temporaryPath(String session, String tag) {
    return path.resolve(
        "%s%d-%d%s"
            .formatted(
                temporaryPrefix(session, tag),
                ProcessHandle.current().pid(),
                TEMPORARIES.incrementAndGet(),
                TEMPORARY_SUFFIX));
  }

  /** What a process has not finished writing for a session, under one tag. */
  List<Path> temporaries(String session, String tag, long pid) {
    String prefix = temporaryPrefix(session, tag) + pid + "-";
    return temporaries().stream()
        .filter(path -> path.getFileName().toString().startsWith(prefix))
        .toList();
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

  static String nameOfHead(Path head) {
    String name = head.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Tables and arrays. */
  List<Path> heads() {
    return list("[!.]*{" + TABLE_SUFFIX + "," + ARRAY_SUFFIX + "}");
  }

  List<Path> parts() {
    return list(".*" + PART_SUFFIX);
  }

  List<Path> parts(String name) {
    return parts().stream().filter(part -> nameOfPart(part).equals(name)).toList();
  }

  List<Path> temporaries() {
    return list(".*" + TEMPORARY_SUFFIX);
  }

  List<Path> ownLinks() {
    return list(".*." + OWN + ".*" + TEMPORARY_SUFFIX);
  }

  List<Path> pins() {
    return list(".*." + PIN + ".*" + TEMPORARY_SUFFIX);
  }

  /** The files of tables and arrays that have a name. */
  List<Path> named() {
    List<Path> named = new ArrayList<>(heads());
    named.addAll(parts());
    return named;
  }

  /** All files in the folder now, hidden ones included. */
  public List<Path> files() {
    return list("*");
  }

  /**
   * What tells a file from all others, whatever its names are: device and inode.
   *
   * @throws NoSuchFileException if it is not there
   * @throws StoreException if it is no plain file, but a link that somebody has put there, say
   */
  static Object identity(Path file) throws IOException {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new StoreException(
          "%s is %s, which Trestle does not follow; remove it"
              .formatted(file, attributes.isSymbolicLink() ? "a symbolic link" : "no plain file"));
    }
    return attributes.fileKey();
  }

  /** Whether there is anything of that name, a dangling link included. */
  static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the folder's own entries survive a power cut, as fsync(2) says they need. */
  void force() throws IOException {
    if (!inMemory) {
      try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
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
    if (Files.notExists(path)) {
      open(path); // removed by another process that was the last to use it
    }
    // Not that of its FileStore: to find one takes reading all mounts, for each part of a result.
    long free = path.toFile().getUsableSpace();
    // A tmpfs may promise more than the machine has left; what lies in it cannot be evicted.
    return inMemory ? Math.min(free, MachineMemory.available()) : free;
  }

  /**
   * How large the file system would have to be to have room for that many bytes more; 0 if it has
   * the room, or that is not known.
   */
  long sizeWanted(long bytes) {
    try {
      FileStore store = Files.getFileStore(path);
      long missing = bytes - store.getUsableSpace();
      return missing <= 0 ? 0 : store.getTotalSpace() + missing;
    } catch (IOException e) {
      return 0;
    }
  }
}
