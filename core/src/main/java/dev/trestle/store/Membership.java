package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This process in a session of a store: as its owner, who ends it, or as one of its workers. Safe
 * for use by several threads.
 */
final class Membership implements AutoCloseable {
  private final List<StoreFolder> folders;
  private final String sessionId;
  private final @Nullable Session session;
  private volatile boolean ended;

  private Membership(List<StoreFolder> folders, String sessionId, @Nullable Session session) {
    this.folders = List.copyOf(folders);
    this.sessionId = sessionId;
    this.session = session;
  }

  /** As the owner of a new session; sweeps what dead ones left. */
  static Membership begin(List<StoreFolder> folders) {
    try {
      Session session = Session.begin(folders);
      return new Membership(folders, session.id(), session);
    } catch (IOException e) {
      throw new StoreException(
          "cannot begin a session in " + folders.getFirst().path() + ": " + e, e);
    }
  }

  /**
   * As a worker.
   *
   * @param sessionId empty for one that only reads
   */
  static Membership of(List<StoreFolder> folders, String sessionId) {
    return new Membership(folders, sessionId, null);
  }

  /** The store's folders, best first. */
  List<StoreFolder> folders() {
    return folders;
  }

  String sessionId() {
    return sessionId;
  }

  boolean isOwner() {
    return session != null;
  }

  boolean hasEnded() {
    return ended;
  }

  /** The session's own folder, which its owner alone may use. */
  Path folder() {
    if (session == null) {
      throw new IllegalStateException(
          "this JVM is a worker itself: start workers in the one that started it");
    }
    return session.folder();
  }

  /**
   * Before something is written, in a session that has not ended: if somebody has removed a folder
   * of the store, makes it anew.
   *
   * @throws StoreException if that cannot be done here
   */
  void checkThere() {
    try {
      if (session != null) {
        session.renew();
      } else if (!sessionId.isEmpty() && !Session.isThere(folders.getFirst(), sessionId)) {
        throw new StoreException(
            "the store's folder %s, or the session %s in it, has been removed; start new workers"
                .formatted(folders.getFirst().path(), sessionId));
      }
    } catch (IOException e) {
      throw new StoreException("cannot use the store's folders any more: " + e, e);
    }
  }

  /** Ends the session, if this is its owner. */
  @Override
  public synchronized void close() {
    if (session == null || ended) {
      return;
    }
    ended = true;
    boolean interrupted = Thread.interrupted(); // else the lock could not be taken
    try {
      session.close();
    } catch (IOException e) {
      throw new StoreException("cannot end the session " + sessionId + ": " + e, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
