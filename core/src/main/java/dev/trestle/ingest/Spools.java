package dev.trestle.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The spool files of one ingest. Closing frees them all; further spools are refused then. */
final class Spools implements Closeable {
  private static final int ALL_BUFFERS = 8 << 20; // 8 MiB
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final Set<Spool> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Spools(Path folder) {
    this.folder = folder;
  }

  /**
   * A new spool.
   *
   * @param siblings how many columns share the {@value #ALL_BUFFERS} bytes for buffers
   */
  Spool create(int siblings) throws IOException {
    if (closed) {
      throw new IOException("the spools in " + folder + " are closed already");
    }
    Spool spool = new Spool(Math.clamp(ALL_BUFFERS / siblings, 512, 32 << 10), this);
    open.add(spool);
    return spool;
  }

  /** Opens a file without a name. */
  FileChannel openFile() throws IOException {
    // On Unix the JDK unlinks a DELETE_ON_CLOSE file as soon as it is open: a killed process
    // leaves nothing behind.
    return FileChannel.open(
        folder.resolve(".ingest-" + UUID.randomUUID()),
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        OWNER_ONLY);
  }

  void forget(Spool spool) {
    open.remove(spool);
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Spool::close);
  }
}
