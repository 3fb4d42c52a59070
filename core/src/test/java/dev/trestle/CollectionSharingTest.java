package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.ClosureEncoder;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large collections of texts and numbers that a task uses: once in the store. */
@Tag("slow")
@Timeout(180)
class CollectionSharingTest extends WithWorkers {
  private static final int MANY = 150_000; // texts of 7 letters: 1.8 MiB

  private PooledWorkers pool;

  @BeforeEach
  void openAPool() {
    pool = (PooledWorkers) store.workers(1);
  }

  @AfterEach
  void itsFilesGoWithThePool() throws Exception {
    pool.close();
    assertEquals(List.of(), kept());
  }

  private static List<Path> kept() throws Exception {
    try (var files = Files.list(folder.resolve("store"))) {
      return files.filter(each -> each.getFileName().toString().contains("pool")).toList();
    }
  }

  private static List<String> names() {
    return IntStream.range(0, MANY)
        .mapToObj(i -> "n" + (100_000 + i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private int messageLength(Task<?, ?> task) {
    try (TableCourier carried = pool.courier()) {
      return new ClosureEncoder(object -> object).with(carried).encodeTask(task).bytes().length;
    }
  }

  @Test
  void aMessageHoldsNothingOfALargeListOfTexts() {
    List<String> large = names();
    Task<Integer, String> task = i -> large.get(i);
    assertTrue(messageLength(task) < 5_000, "bytes: " + messageLength(task));
  }

  @Test
  void twoCallsShareAListOnceAndAChangeIsSeenByTheNext() throws Exception {
    List<String> large = names();
    Task<Integer, String> task = i -> large.get(i);
    assertEquals(List.of("n100007"), pool.map(List.of(7), task));
    List<Path> first = kept();
    assertEquals(List.of("n100008", "n100009"), pool.map(List.of(8, 9), task));
    assertEquals(first, kept());
    large.set(7, "other");
    assertEquals(List.of("other"), pool.map(List.of(7), task));
    assertNotEquals(first, kept());
    large.add("last");
    assertEquals(List.of("last"), pool.map(List.of(MANY), task));
    large.removeLast();
    large.removeLast();
    assertEquals(List.of(MANY - 1), pool.map(List.of(0), none -> large.size()));
    assertEquals(1, kept().size());
  }

  @Test
  void anArrayThatHoldsALargeImmutableListAndItselfStaysOne() {
    List<String> large = List.copyOf(names());
    Object[] knot = {large, null};
    knot[1] = knot;
    Object[][] twice = {knot, knot};
    Task<Integer, String> task =
        i -> {
          boolean isOne = twice[0] == twice[1] && knot[1] == knot && twice[0] == knot;
          return ((List<?>) knot[0]).get(i) + large.get(i) + " " + isOne;
        };
    assertEquals(List.of("n100007n100007 true"), pool.map(List.of(7), task));
    assertTrue(messageLength(task) < 5_000, "bytes: " + messageLength(task));
  }

  @Test
  void whatATaskChangesInItsCollectionStaysThere() {
    List<String> large = names();
    Map<String, Integer> counts = new HashMap<>();
    large.forEach(name -> counts.put(name, 1));
    Task<String, String> task =
        s -> {
          large.set(0, s);
          large.add(s);
          return large.getFirst() + large.size() + " " + counts.merge("n100005", 1, Integer::sum);
        };
    assertEquals(List.of("x150001 2"), pool.map(List.of("x"), task));
    assertEquals(List.of("y150001 2"), pool.map(List.of("y"), task));
    assertEquals("n100000", large.getFirst());
    assertEquals(1, counts.get("n100005"));
  }

  @Test
  void aWorkerReadsTheTextsOnceForManyCalls() {
    List<String> large = names();
    Task<Integer, Integer> task = i -> System.identityHashCode(large.get(i));
    assertEquals(pool.map(List.of(3), task), pool.map(List.of(3), task));
  }

  @Test
  void equalTextsAreOneObjectInTheTask() {
    List<String> few =
        IntStream.range(0, MANY)
            .mapToObj(i -> new String("chromosome" + i % 5))
            .collect(Collectors.toCollection(ArrayList::new));
    assertEquals(
        List.of(5),
        pool.map(
            List.of(0),
            none -> {
              Set<Integer> objects = new HashSet<>();
              few.forEach(each -> objects.add(System.identityHashCode(each)));
              return objects.size();
            }));
  }

  static Stream<Object> collections() {
    List<String> names = names();
    List<@Nullable Object> mixed =
        new ArrayList<>(
            Arrays.asList(1, 2L, 3.5, 4.5f, (short) 5, (byte) 6, '7', true, false, null));
    mixed.addAll(names);
    mixed.addAll(List.of("", "\u00e9\u00ff", "\u0101", "\ud83d\ude00", "\ud800", "\udc00x"));
    List<Double> numbers = IntStream.range(0, MANY).mapToObj(i -> i / 8.0).toList();
    Map<Integer, Double> byNumber = new HashMap<>();
    IntStream.range(0, MANY).forEach(i -> byNumber.put(i * 31, i / 8.0));
    return Stream.of(
        mixed,
        numbers,
        new LinkedList<>(names),
        Arrays.asList(names.toArray()),
        List.copyOf(names),
        new HashSet<>(names),
        new LinkedHashSet<>(names.reversed()),
        new TreeSet<>(names),
        byNumber,
        new LinkedHashMap<>(byNumber),
        new TreeMap<>(byNumber),
        new ConcurrentHashMap<>(byNumber),
        Set.copyOf(names),
        Map.copyOf(byNumber));
  }

  @Test
  void aCollectionKeepsItsClassAndItsContent() {
    for (Object each : collections().toList()) {
      Task<Integer, Object> task = none -> each;
      assertTrue(messageLength(task) < 5_000, () -> each.getClass() + " is in the message");
      Object back = pool.map(List.of(0), task).getFirst();
      assertEquals(each.getClass(), back.getClass());
      assertEquals(each, back);
      if (!(each instanceof Set || each instanceof Map)
          || each instanceof LinkedHashSet
          || each instanceof LinkedHashMap) {
        assertEquals(each.toString(), back.toString());
      }
    }
  }

  @Test
  void anImmutableMapIsTheSameObjectForAllCalls() {
    Map<String, Integer> lengths =
        names().stream().collect(Collectors.toUnmodifiableMap(name -> name, String::length));
    Task<Integer, Integer> task = none -> System.identityHashCode(lengths);
    assertEquals(pool.map(List.of(0), task), pool.map(List.of(0), task));
    Task<Integer, Boolean> change = none -> lengths.remove("n100000") == null;
    var refused = assertThrows(RuntimeException.class, () -> pool.map(List.of(0), change));
    assertInstanceOf(UnsupportedOperationException.class, refused.getCause());
  }

  @Test
  void aSmallImmutableSetTravelsInTheMessage() throws Exception {
    Set<String> small = Set.copyOf(names().subList(0, 1_000));
    List<Boolean> found = pool.map(List.of("n100999", "n101000"), small::contains);
    assertEquals(List.of(true, false), found);
    assertEquals(List.of(), kept());
  }

  /** What a user may have made of the above. */
  private record Model(double[][] weights, Map<String, Integer> index, String[] labels)
      implements Serializable {}

  @Test
  void theLargePartsOfAUsersObjectAreSharedOnce() throws Exception {
    Map<String, Integer> index = new HashMap<>();
    names().forEach(name -> index.put(name, index.size()));
    double[][] weights = new double[8][40_000];
    weights[7][39_999] = 2.5;
    Model model = new Model(weights, index, names().toArray(String[]::new));
    Task<Integer, String> task =
        i -> model.labels[i] + " " + model.index.get("n100009") + " " + model.weights[7][39_999];
    assertTrue(messageLength(task) < 5_000, "bytes: " + messageLength(task));
    assertEquals(List.of("n100009 9 2.5"), pool.map(List.of(9), task));
    List<Path> first = kept();
    assertEquals(List.of("n100008 9 2.5"), pool.map(List.of(8), task));
    assertEquals(first, kept());
    model.weights[7][39_999] = 3.5;
    assertEquals(List.of("n100008 9 3.5"), pool.map(List.of(8), task));
  }

  @Test
  void arraysOfTextsAndOfTruthsKeepTheirTypes() {
    String[] texts = names().toArray(String[]::new);
    Integer[] boxed = IntStream.range(0, MANY * 2).boxed().toArray(Integer[]::new);
    boolean[] truths = new boolean[1 << 21];
    truths[9] = true;
    Task<Integer, Object> task = i -> texts[i] + boxed[i] + truths[i];
    assertTrue(messageLength(task) < 5_000);
    assertEquals(List.of("n1000099true", "n1000088false"), pool.map(List.of(9, 8), task));
    assertArrayEquals(texts, pool.map(List.of(0), none -> texts).getFirst());
  }

  @Test
  void aDequeKeepsItsOrder() {
    ArrayDeque<String> deque = new ArrayDeque<>(names());
    deque.addFirst("first");
    assertEquals(
        List.of("first n249999"),
        pool.map(List.of(0), none -> deque.getFirst() + " " + deque.getLast()));
  }

  @Test
  void aSublistAndAKeySetAreSharedToo() {
    List<String> part = names().subList(10, MANY);
    Set<String> keys =
        new TreeMap<>(names().stream().collect(Collectors.toMap(n -> n, n -> 1))).keySet();
    Task<Integer, String> task = i -> part.get(i) + keys.size();
    assertTrue(messageLength(task) < 5_000);
    assertEquals(List.of("n100011150000"), pool.map(List.of(1), task));
  }

  @Test
  void aListThatTwoPlacesHoldIsOneListInTheTask() {
    List<String> large = names();
    List<List<String>> twice = List.of(large, large);
    assertEquals(List.of(true), pool.map(List.of(0), x -> twice.get(0) == twice.get(1)));
  }

  @Test
  void aCollectionOfMoreThanAMessageMayHoldTravels() {
    char[] letters = new char[1 << 20];
    Arrays.fill(letters, 'x');
    List<String> huge = new ArrayList<>();
    IntStream.range(0, 70).forEach(i -> huge.add(i + new String(letters)));
    assertEquals(List.of("69xx"), pool.map(List.of(69), i -> huge.get(i).substring(0, 4)));
  }

  private record Named(String name) implements Serializable {}

  @Test
  void whatHoldsOtherThingsOrAnOrderOfItsOwnTravelsInTheMessage() throws Exception {
    List<Object> records = new ArrayList<>(names());
    records.add(new Named("x"));
    Map<String, Integer> recent = new LinkedHashMap<>(16, 0.75f, true);
    TreeSet<String> backwards = new TreeSet<>(Comparator.<String>reverseOrder());
    names().forEach(name -> recent.put(name, 1));
    backwards.addAll(names());
    recent.get("n100000");
    Task<Integer, String> task =
        none -> {
          recent.get("n100001");
          return records.getLast()
              + " "
              + String.join(",", lastOf(recent.keySet()))
              + " "
              + backwards.first();
        };
    assertTrue(messageLength(task) > 3 << 20);
    assertEquals(List.of("Named[name=x] n100000,n100001 n249999"), pool.map(List.of(0), task));
    assertEquals(List.of(), kept());
  }

  private static List<String> lastOf(Collection<String> names) {
    return names.stream().skip(names.size() - 2).toList();
  }
}
