package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.trestle.Store;
import dev.trestle.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What others can do to a store, and what is done with what they put there: nothing. */
@Timeout(120)
class StrangersTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void folderThatEverybodyCanReach() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = temporary.resolve("store");
  }

  @Test
  void everyFileIsTheUsersAlone() throws IOException {
    try (Store store = Store.open(folder);
        Catalogue catalogue = Catalogue.open(List.of(StoreFolder.open(folder)))) {
      Table table = Table.create(IntColumn.create("n", 1, 2));
      store.share("t", table).append(table).append(table).keep();
      catalogue.results().write("result", Numbers.of(1, 1));
      catalogue.commitFile(
          "a", StoreFolder.ARRAY_SUFFIX, 1, file -> file.write(ByteBuffer.allocate(1)), false);
      assertEquals("rwx------", permissions(folder));
      List<String> names = new ArrayList<>();
      try (var all = Files.walk(folder)) {
        for (Path path : all.skip(1).toList()) {
          names.add(path.getFileName().toString());
          assertEquals(
              Files.isDirectory(path) ? "rwx------" : "rw-------", permissions(path), "" + path);
        }
      }
      for (String kind : List.of(".arrow", ".npy", ".part", "own", "pin", "result", "lock")) {
        assertTrue(names.stream().anyMatch(name -> name.contains(kind)), kind + " in " + names);
      }
      store.drop("t");
    }
  }

  @Test
  void aLinkInPlaceOfATableIsNotFollowed() throws IOException {
    try (Catalogue catalogue = Catalogue.open(List.of(StoreFolder.open(folder)))) {
      Path elsewhere = temporary.resolve("elsewhere");
      Files.copy(catalogue.commit("real", Numbers.of(1, 10)).location(), elsewhere);
      Path planted = Files.createSymbolicLink(folder.resolve("planted.arrow"), elsewhere);
      assertNotFollowed(() -> catalogue.open("planted"));
      assertNotFollowed(() -> catalogue.replace("planted", Numbers.of(2, 1)));
      assertNotFollowed(() -> catalogue.append("planted", Numbers.of(2, 1)));
      assertNotFollowed(() -> catalogue.keep("planted"));
      assertThrows(TableExistsException.class, () -> catalogue.commit("planted", Numbers.of(2, 1)));
      var listed = (Entry.Damaged) catalogue.list().getFirst();
      assertTrue(listed.reason().contains("symbolic link"), listed.reason());
      assertEquals(elsewhere.toString().length(), listed.place().bytes(), "the link's own");
      assertTrue(catalogue.drop("planted"));
      assertFalse(Files.exists(planted, LinkOption.NOFOLLOW_LINKS));
      assertTrue(Files.exists(elsewhere));

      Files.createSymbolicLink(folder.resolve("array.npy"), elsewhere);
      assertNotFollowed(() -> catalogue.openFile("array", StoreFolder.ARRAY_SUFFIX));
      catalogue.drop("array");
    }
  }

  @Test
  void aLinkInPlaceOfEarlierRowsIsNotFollowed() throws IOException {
    try (Catalogue catalogue = Catalogue.open(List.of(StoreFolder.open(folder)))) {
      catalogue.commit("t", Numbers.of(1, 10));
      Path part = catalogue.append("t", Numbers.of(2, 10)).paths().getFirst();
      Path elsewhere = Files.move(part, temporary.resolve("elsewhere"));
      Files.createSymbolicLink(part, elsewhere);
      assertNotFollowed(() -> catalogue.open("t"));
      Files.delete(part);
      var damaged = assertThrows(StoreException.class, () -> catalogue.open("t"));
      assertTrue(damaged.getMessage().contains("earlier rows"), damaged.getMessage());
      assertEquals(3, catalogue.replace("t", Numbers.of(3, 10)).version());
    }
  }

  @Test
  void aLinkInPlaceOfASessionIsRemovedAndWhatItLeadsToStays() throws IOException {
    Path target = Files.createDirectory(temporary.resolve("target"));
    Path precious = Files.writeString(target.resolve("lock"), "precious");
    StoreFolder.open(folder);
    Files.createSymbolicLink(folder.resolve("1-2-3.session"), target);
    Files.createSymbolicLink(folder.resolve(".commit.lock"), temporary.resolve("made"));
    assertThrows(StoreException.class, () -> Catalogue.open(List.of(StoreFolder.open(folder))));
    assertFalse(Files.exists(temporary.resolve("made")));
    Files.delete(folder.resolve(".commit.lock"));
    Catalogue.open(List.of(StoreFolder.open(folder))).close();
    assertEquals("precious", Files.readString(precious));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aSecondUserCanNeitherListReadMapWriteNorConnect() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "only root can be somebody else for a test");
    try (Store store = Store.open(folder);
        Workers workers = store.workers(1)) {
      Path table = store.share("t", Table.create(IntColumn.create("n", 1, 2))).location();
      workers.serveFrom("served", ArrayList::new);
      Path socket; // of its owner: a worker's is gone once the worker has come
      try (var all = Files.walk(folder)) {
        socket = all.filter(f -> isSocket(f)).findFirst().orElseThrow();
      }
      Path program = Files.writeString(temporary.resolve("Intruder.java"), INTRUDER);
      List<String> asRoot = run(List.of(), program, table, socket);
      assertEquals(List.of("list: done", "read: done", "map: done", "connect: done"), asRoot);
      List<String> stranger =
          List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
      List<String> outcomes = run(stranger, program, table, socket);
      assertEquals(7, outcomes.size(), outcomes::toString);
      for (String outcome : outcomes) {
        assertTrue(outcome.endsWith(": refused"), outcome);
      }
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readAttributes(
              file, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther();
    } catch (IOException e) {
      return false;
    }
  }

  private static final String INTRUDER =
      """
      import java.net.*;
      import java.nio.channels.*;
      import java.nio.file.*;
      import java.util.concurrent.Callable;

      public class Intruder {
        public static void main(String[] a) {
          Path table = Path.of(a[0]);
          attempt("list", () -> Files.list(table.getParent()).count());
          attempt("read", () -> Files.readAllBytes(table));
          attempt("map", () -> {
            try (var file = FileChannel.open(table)) {
              return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
            }
          });
          attempt("connect", () -> SocketChannel.open(UnixDomainSocketAddress.of(a[1])));
          if (a.length > 2) {
            return; // as the owner it would do harm
          }
          attempt("write", () -> FileChannel.open(table, StandardOpenOption.WRITE));
          attempt("plant", () -> Files.createFile(table.resolveSibling("planted.arrow")));
          attempt("delete", () -> { Files.delete(table); return 0; });
        }

        static void attempt(String what, Callable<Object> action) {
          try {
            action.call();
            System.out.println(what + ": done");
          } catch (java.nio.file.AccessDeniedException e) {
            System.out.println(what + ": refused");
          } catch (Exception e) {
            System.out.println(what + (("" + e).contains("ermission denied") ? ": refused" : ": " + e));
          }
        }
      }
      """;

  private static List<String> run(List<String> as, Path program, Path table, Path socket)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(as);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(program.toString(), table.toString(), socket.toString()));
    if (as.isEmpty()) {
      command.add("harmless");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertEquals(0, process.waitFor(), lines.toString());
    return lines;
  }

  private static void assertNotFollowed(Runnable action) {
    var refused = assertThrows(StoreException.class, action::run);
    assertTrue(refused.getMessage().contains("symbolic link"), refused.getMessage());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
