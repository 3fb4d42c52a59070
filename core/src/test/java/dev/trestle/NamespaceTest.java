package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.namespace.NamespaceException;
import dev.trestle.store.NoSuchTableException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class NamespaceTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Store store;
  private Namespace namespace;

  record Setting(String name, double value, List<Integer> steps) implements Serializable {}

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
    namespace = store.namespace();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    store.close();
    try (var left = Files.list(folder.resolve("store"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  static Stream<Object> values() {
    return Stream.of(
        "Grüße, \uD83D\uDE80",
        "",
        1,
        -1L,
        2.5,
        2.5f,
        (short) 3,
        (byte) 4,
        'c',
        true,
        LocalDate.of(2026, 2, 28),
        Instant.ofEpochSecond(5, 6),
        ZonedDateTime.parse("2026-01-01T10:00:00+01:00[Europe/Oslo]"),
        Duration.ofMillis(7),
        DayOfWeek.FRIDAY,
        new BigDecimal("1.10"),
        List.of(1, "two", 3.0),
        Map.of("a", List.of(1, 2)),
        new TreeMap<>(Map.of("x", 1)),
        new ArrayList<>(Arrays.asList(1, null)),
        Collections.unmodifiableList(Arrays.asList(1, 2)),
        new Setting("alpha", 0.05, List.of(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsGotAsItWasPut(Object value) {
    namespace.put("v", value);
    assertEquals(value, namespace.get("v"));
    assertEquals(value, namespace.get("v", value.getClass()));
  }

  @Test
  void arraysOfPrimitivesAreValuesAndCopied() {
    byte[] bytes = {1, 2, 3};
    namespace.put("bytes", bytes);
    bytes[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, namespace.get("bytes", byte[].class));
    namespace.put("doubles", new double[] {1.5, 2.5});
    assertArrayEquals(new double[] {1.5, 2.5}, namespace.get("doubles", double[].class));
    assertTrue(namespace.replace("doubles", new double[] {1.5, 2.5}, "replaced"));
  }

  @Test
  void namesAreListedInOrderAndRemoved() {
    namespace.put("b", 1);
    namespace.put("a b/../c", 2);
    namespace.getAndAdd("counter", 1);
    namespace.signal("an event is not listed");
    assertEquals(List.of("a b/../c", "b", "counter"), namespace.keys());
    assertEquals(3, namespace.size());
    assertTrue(namespace.remove("b"));
    assertFalse(namespace.remove("b"));
    assertNull(namespace.get("b"));
    assertEquals(2, namespace.size());
  }

  @Test
  void ofConditionalChangesOnlyThoseAreMadeWhoseConditionHolds() {
    assertNull(namespace.putIfAbsent("k", 1));
    assertEquals(1, namespace.putIfAbsent("k", 2));
    assertFalse(namespace.replace("k", 7, 8));
    assertTrue(namespace.replace("k", 1, 5));
    assertFalse(namespace.replace("none", 1, 5));
    assertEquals(6, namespace.<Integer>compute("k", v -> v == null ? 0 : v + 1));
    assertNull(namespace.<Integer>compute("k", v -> null));
    assertEquals(List.of(), namespace.keys());
  }

  @Test
  void aValueOfAnotherTypeThanAskedForIsAnError() {
    namespace.put("k", "text");
    var e = assertThrows(NamespaceException.class, () -> namespace.get("k", Integer.class));
    assertEquals("'k' is a java.lang.String, not a java.lang.Integer", e.getMessage());
    e = assertThrows(NamespaceException.class, () -> namespace.getAndAdd("k", 1));
    assertTrue(e.getMessage().startsWith("'k' is no counter"), e.getMessage());
  }

  @Test
  void aValueThatIsTooLargeIsRefusedWithItsSizeTheLimitAndAdvice() {
    String text = "x".repeat(65_535);
    namespace.put("fits", text);
    assertEquals(text, namespace.get("fits"));
    for (Object value : List.of(text + "x", new byte[65_536], new double[1_000_000])) {
      var e = assertThrows(NamespaceException.class, () -> namespace.put("big", value));
      assertTrue(e.getMessage().contains("65,536 at most"), e.getMessage());
      assertTrue(e.getMessage().contains("Share big tables"), e.getMessage());
    }
    assertNull(namespace.get("big"));
  }

  @Test
  void anObjectThatIsNoValueIsRefusedByName() {
    var e = assertThrows(NamespaceException.class, () -> namespace.put("k", new Semaphore(1)));
    assertTrue(e.getMessage().contains("'k' cannot be a java.util.concurrent.Semaphore"));
    assertThrows(NamespaceException.class, () -> namespace.put("k", List.of(new Thread())));
    assertThrows(NullPointerException.class, () -> namespace.put("k", null));
    assertThrows(NamespaceException.class, () -> namespace.put(" ", 1));
    assertThrows(NamespaceException.class, () -> namespace.put("n".repeat(201), 1));
    assertEquals(List.of(), namespace.keys());
  }

  @Test
  void aSharedTableIsPutAsAReferenceAndGotAttached() {
    SharedTable table = store.share("numbers", StoreCommands.numbers(1000));
    namespace.put("ref", table);
    namespace.put("in a map", Map.of("table", table));
    assertEquals(1000, namespace.get("ref", SharedTable.class).rowCount());
    var map = (Map<?, ?>) namespace.get("in a map");
    assertEquals(1000, ((SharedTable) map.get("table")).table().rowCount());
  }

  @Test
  void aReferenceToATableThatIsGoneIsAnError() {
    try (Store other = Store.open(folder.resolve("store"))) {
      namespace.put("ref", other.share("numbers", StoreCommands.numbers(10)));
    }
    var e = assertThrows(NoSuchTableException.class, () -> namespace.get("ref"));
    assertTrue(e.getMessage().contains("'numbers' was dropped"), e.getMessage());
  }

  @Test
  void aTablesawTableIsSharedUnderItsName() {
    namespace.put("numbers", StoreCommands.numbers(500_000));
    assertEquals(500_000, store.attach("numbers").rowCount());
    assertEquals(500_000, namespace.get("numbers", SharedTable.class).rowCount());
  }

  @Test
  void whatIsOverwrittenAgainAndAgainStays() {
    for (int i = 0; i < 3000; i++) {
      namespace.put("k" + i % 7, "x".repeat(i % 11 * 500) + i);
    }
    for (int i = 2993; i < 3000; i++) {
      assertEquals("x".repeat(i % 11 * 500) + i, namespace.get("k" + i % 7));
    }
    assertEquals(7, namespace.size());
  }

  @Test
  void aFullNamespaceSaysSoAndKeepsWhatItHas() {
    byte[] value = new byte[60_000];
    var e =
        assertThrows(
            NamespaceException.class,
            () -> {
              for (int i = 0; ; i++) {
                value[0] = (byte) i;
                namespace.put("k" + i, value);
              }
            });
    assertTrue(e.getMessage().contains("Remove some"), e.getMessage());
    int full = namespace.size();
    assertEquals(279, full);
    for (int i = 0; i < full; i++) {
      assertEquals((byte) i, namespace.get("k" + i, byte[].class)[0]);
    }
    assertTrue(namespace.remove("k0"));
    namespace.put("another", value);
  }

  @Test
  void threadsLoseNoCount() {
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, 4)
            .mapToObj(t ->
                CompletableFuture.runAsync(() -> {
                  for (int i = 0; i < 500; i++) {
                    namespace.getAndAdd("counter", 1);
                    namespace.<Integer>compute("computed", v -> v == null ? 1 : v + 1);
                  }
                }))
            .toList();
    threads.forEach(CompletableFuture::join);
    assertEquals(2000L, namespace.get("counter"));
    assertEquals(2000, namespace.get("computed"));
  }

  @Test
  void aLockIsHeldByOneThreadAtATime() {
    try (Namespace.Lock lock = namespace.lock("l")) {
      assertThrows(IllegalStateException.class, () -> namespace.lock("l"));
      var other =
          CompletableFuture.supplyAsync(() -> namespace.tryLock("l", Duration.ofMillis(50)));
      assertNull(other.join());
      var waiting = CompletableFuture.supplyAsync(() -> namespace.tryLock("l", SOON));
      lock.close();
      lock.close();
      try (Namespace.Lock next = waiting.join()) {
        assertNotNull(next);
        assertNull(namespace.tryLock("l", Duration.ZERO));
      }
    }
    namespace.lock("l").close();
  }

  @Test
  void anEventThatCameBeforeIsNotMissed() {
    assertFalse(namespace.await("e", Duration.ofMillis(20)));
    assertEquals(1, namespace.signal("e"));
    assertTrue(namespace.await("e", Duration.ZERO));
    assertFalse(namespace.await("e", namespace.signals("e") + 1, Duration.ofMillis(20)));
    var waiting = CompletableFuture.supplyAsync(() -> namespace.await("e", 2, SOON));
    assertEquals(2, namespace.signal("e"));
    assertTrue(waiting.join());
  }

  @Test
  void aValueIsWaitedFor() {
    var waiting =
        CompletableFuture.supplyAsync(() -> namespace.awaitValue("state", "done"::equals, SOON));
    namespace.put("state", "busy");
    namespace.put("state", "done");
    assertTrue(waiting.join());
  }

  @Test
  void anInterruptEndsAWaitAndNothingElse() throws Exception {
    Thread.currentThread().interrupt();
    namespace.put("k", 1);
    assertEquals(1, namespace.get("k"));
    assertTrue(Thread.interrupted());
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> namespace.await("e", SOON));
    assertTrue(Thread.interrupted());
    try (Namespace.Lock lock = namespace.lock("l")) {
      var ended = new CompletableFuture<Throwable>();
      Thread waiter =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  namespace.lock("l");
                } catch (CancellationException e) {
                  ended.complete(e);
                }
              });
      waiter.interrupt();
      assertNotNull(ended.get());
    }
    namespace.lock("l").close();
  }

  @Test
  void storesOfOneFolderShareTheNamespaceUntilTheLastIsClosed() {
    try (Store second = Store.open(folder.resolve("store"))) {
      second.namespace().put("k", 1);
      store.close();
      assertThrows(IllegalStateException.class, () -> store.namespace());
      assertEquals(1, second.namespace().get("k"));
    }
    store = Store.open(folder.resolve("store"));
    assertNull(store.namespace().get("k"));
  }
}
