package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import dev.trestle.store.Names.Head;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Copies an array from memory to a disk, where it outlives the machine's restart, and makes the
 * copy the array. Who has the one in memory attached keeps it; what they write to it meanwhile may
 * be in the copy or not.
 */
final class ArrayDiskCopy {
  private static final int BLOCK = 1 << 20; // bytes

  private final List<StoreFolder> folders;
  private final Names names;
  private final Drafts drafts;

  ArrayDiskCopy(List<StoreFolder> folders, Names names, Drafts drafts) {
    this.folders = folders;
    this.names = names;
    this.drafts = drafts;
  }

  /** Keeps an array; copies it only if it lies in memory. */
  void keep(String name) throws IOException {
    while (true) {
      Head head = known(name);
      boolean done = head.folder().inMemory() ? copied(name, head) : kept(name, head);
      if (done) {
        return;
      }
    }
  }

  private Head known(String name) {
    Head head = names.find(name, StoreFolder.ARRAY_SUFFIX);
    if (head == null) {
      throw names.noArray(name);
    }
    return head;
  }

  /** Returns false if it was replaced meanwhile. */
  private boolean kept(String name, Head before) throws IOException {
    Object identity = StoreFolder.identity(before.path());
    try (var file = FileChannel.open(before.path(), StandardOpenOption.WRITE)) {
      file.force(true); // what was written through mappings, too
    }
    try (var lock = drafts.lock(folders)) {
      Head now = known(name);
      if (!StoreFolder.identity(now.path()).equals(identity)) {
        return false;
      }
      Versions.keep(now);
      return true;
    }
  }

  /** Returns false if it was replaced meanwhile. */
  private boolean copied(String name, Head before) throws IOException {
    Object identity = StoreFolder.identity(before.path());
    StoreFolder disk = DiskCopy.disk(folders, name, before.folder());
    try (var source = FileChannel.open(before.path(), StandardOpenOption.READ)) {
      long bytes = source.size();
      StoreFolder to = drafts.folderWithRoom(List.of(disk), name, bytes);
      Draft draft =
          drafts.write(to, Drafts.ARRAY, name, bytes, file -> copy(source, bytes, file), true);
      try (var lock = drafts.lock(folders)) {
        Head now = known(name);
        if (!StoreFolder.identity(now.path()).equals(identity)) {
          return false;
        }
        Path target = to.headPath(name, StoreFolder.ARRAY_SUFFIX);
        Versions.exchange(name, draft, target, Ownership.NOBODY, now, false);
        return true;
      } finally {
        Drafts.delete(draft.path());
      }
    }
  }

  private static void copy(FileChannel from, long bytes, FileChannel to) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    for (long done = 0; done < bytes; done += block.limit()) {
      block.clear().limit((int) Math.min(BLOCK, bytes - done));
      while (block.hasRemaining()) {
        if (from.read(block, done + block.position()) < 0) {
          throw new EOFException("something has cut the file while it was copied");
        }
      }
      block.flip();
      while (block.hasRemaining()) {
        to.write(block);
      }
    }
  }
}
