package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.namespace.NamespaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Somebody removes the namespace's files while processes have it open. */
@Timeout(120)
class NamespaceRemovedTest {
  @TempDir Path folder;
  private Path place;
  private Store store;

  @BeforeEach
  void open() {
    place = folder.resolve("store");
    store = Store.open(place);
    store.namespace().put("k", "v");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void eachProcessIsToldOnceAndBeginsAnew() throws Exception {
    try (var child = NamespaceCommands.start(place)) {
      child.say("get k");
      assertEquals("v", child.hear());
      remove(place.resolve(".namespace"));
      NamespaceException told = refusal(() -> store.namespace().get("k"));
      assertTrue(
          told.getMessage().startsWith("the namespace's folder " + place.resolve(".namespace")),
          told.getMessage());
      Namespace fresh = store.namespace();
      assertNull(fresh.get("k"));
      fresh.put("k", "new");
      String heard = "v";
      for (int call = 0; heard.equals("v"); call++) { // what it had open may answer for 10 ms
        Thread.sleep(1);
        child.say("get k");
        heard = "" + child.hear();
        assertTrue(call < 1000);
      }
      assertTrue(heard.startsWith("NamespaceException: the namespace's folder "), heard);
      child.say("get k");
      assertEquals("new", child.hear());
      child.say("put other o");
      assertEquals("done", child.hear());
      assertEquals("o", fresh.get("other"));
    }
  }

  @Test
  void whoHoldsTheFormerOneIsToldAtEachCall() throws IOException {
    Namespace former = store.namespace();
    remove(place.resolve(".namespace"));
    refusal(() -> former.put("k", "lost"));
    store.namespace().put("k", "new");
    assertThrows(NamespaceException.class, () -> former.put("k", "lost"));
    assertThrows(NamespaceException.class, former::keys);
    assertEquals("new", store.namespace().get("k"));
  }

  @Test
  void whoWaitsForAnEventIsTold() throws Exception {
    Namespace namespace = store.namespace();
    var waiting =
        CompletableFuture.supplyAsync(() -> namespace.await("event", Duration.ofSeconds(100)));
    remove(place.resolve(".namespace"));
    var failure = assertThrows(ExecutionException.class, () -> waiting.get(60, TimeUnit.SECONDS));
    assertInstanceOf(NamespaceException.class, failure.getCause());
  }

  @Test
  void theWholeStoreFolderIsMadeAnew() throws IOException {
    remove(place);
    refusal(() -> store.namespace().put("k", "lost"));
    store.namespace().put("k", "new");
    assertEquals("new", store.namespace().get("k"));
    assertTrue(Files.isDirectory(place.resolve(".namespace")));
  }

  @Test
  void aLockThatSomebodyElseMayHaveHadSaysSoWhenItIsFreed() throws Exception {
    try (var child = NamespaceCommands.start(place)) {
      Namespace.Lock held = store.namespace().lock("l");
      remove(place.resolve(".namespace"));
      refusal(() -> store.namespace().get("k"));
      store.namespace().put("k", "new");
      child.say("lock l");
      assertEquals("done", child.hear()); // a file of the new folder
      var told = assertThrows(NamespaceException.class, held::close);
      assertTrue(told.getMessage().contains("removed while it was held"), told.getMessage());
      held.close();
      assertNull(store.namespace().tryLock("l", Duration.ofMillis(50)));
    }
    store.namespace().lock("l").close();
  }

  /** What a call ends in; until 10 ms after the removal it may still succeed. */
  private static NamespaceException refusal(Executable call) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      try {
        call.execute();
        Thread.sleep(1);
      } catch (NamespaceException e) {
        return e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the removal was not noticed");
  }

  private static void remove(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
