package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A process that keeps one object, seen from the JVM that started it. Safe for use by several
 * threads.
 *
 * <p>It is a worker JVM that was told to serve: it ends with its parent as all of them do.
 */
public final class Owner implements AutoCloseable {
  private static final AtomicLong STARTS = new AtomicLong();

  private final Worker process;
  private final Path socket;
  private volatile boolean isClosed;

  private Owner(Worker process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /**
   * Starts an owner and returns when the object is there.
   *
   * @param name of the object, for errors
   * @param folder a private folder for the sockets
   * @param properties system properties of the process
   * @param caches what makes the process start faster; null for nothing
   * @param maker makes the object in the owner
   * @throws TaskFailedException if the maker threw
   * @throws WorkerLostException if the process does not start, or ends while it makes the object
   * @throws dev.trestle.closure.CaptureException if something that the maker uses cannot be sent
   */
  public static Owner start(
      String name,
      Path folder,
      Map<String, String> properties,
      @Nullable StartCaches caches,
      ClosureEncoder encoder,
      WorkerTask<?, ?> maker) {
    Message encoded = encoder.encodeTask(maker);
    Worker process;
    Path socket;
    try {
      socket = socket(folder);
      var command = WorkerCommand.forOneOf(1, properties, StartCaches.flagsOf(caches));
      process = Worker.start(0, "owner of '%s'".formatted(name), command, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("no socket for the owner of '%s'".formatted(name), e);
    }
    var owner = new Owner(process, socket);
    Throwable thrown;
    try {
      thrown = process.serve(socket, encoded, encoder);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        owner.close();
        throw new CancellationException("interrupted while '%s' was made".formatted(name));
      }
      String end = process.describeEnd();
      owner.close();
      throw new WorkerLostException(
          "the owner of '%s' ended before it had its object: %s".formatted(name, end));
    }
    if (thrown != null) {
      owner.close();
      throw new TaskFailedException("'%s' could not be made: %s".formatted(name, thrown), thrown)
          .at(OwnFrames.callers(new Throwable().getStackTrace()));
    }
    process.onExit(owner::removeSocket);
    return owner;
  }

  private static Path socket(Path folder) throws IOException {
    Path usual = folder.resolve("owner-" + STARTS.incrementAndGet() + ".sock");
    return Worker.fits(usual) ? usual : Files.createTempDirectory("trestle-").resolve("o.sock");
  }

  /** Where it is asked. */
  public Path socket() {
    return socket;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits for its end, and says how that came about. */
  String describeEnd() {
    return isClosed ? "it was closed" : process.describeEnd();
  }

  /** Ends the owner and waits until it is gone. */
  @Override
  public void close() {
    isClosed = true;
    process.close();
    removeSocket();
  }

  private void removeSocket() {
    try {
      removeSocket(socket);
    } catch (IOException e) {
      // gone with its folder
    }
  }

  /** Removes a socket, and the folder that was made for it because the usual path is too long. */
  static void removeSocket(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    if (socket.endsWith("o.sock")) {
      Files.deleteIfExists(socket.getParent());
    }
  }
}
