package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trestle.Task;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everyday values of the JDK that Java serialization refuses. */
class SubstituteTest {
  private final ClosureEncoder encoder = new ClosureEncoder(StandIns.NONE);
  private final ClosureDecoder decoder = new ClosureDecoder(SubstituteTest.class.getClassLoader());

  private @Nullable Object sent(Object value) {
    return decoder.decodeArgument(encoder.encodeArgument(value).bytes());
  }

  private @Nullable Object returned(Object value) {
    return encoder.decodeResult(decoder.encodeResult(value));
  }

  static List<Object> values() {
    return List.of(
        Path.of("/data/genome.tsv"),
        Path.of("a/../b"),
        StandardCharsets.UTF_8,
        Charset.forName("windows-1252"),
        Optional.of(List.of("x")),
        Optional.empty(),
        OptionalInt.of(3),
        OptionalInt.empty(),
        OptionalLong.of(1L << 40),
        OptionalLong.empty(),
        OptionalDouble.of(0.5),
        OptionalDouble.empty(),
        List.of(Path.of("x"), Optional.of(Path.of("y"))),
        Map.of("in", Path.of("x")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueTravelsBothWays(Object value) {
    assertEquals(value, sent(value));
    assertEquals(value, returned(value));
  }

  static List<Object> views() {
    Map<String, Integer> map = new LinkedHashMap<>();
    IntStream.range(0, 20).forEach(i -> map.put("k" + (i * 7) % 20, i));
    List<String> list = new ArrayList<>(map.keySet());
    TreeMap<String, Integer> sorted = new TreeMap<>(map);
    return List.of(
        map.keySet(),
        map.entrySet(),
        sorted.keySet(),
        sorted.entrySet(),
        Map.of("a", 1).keySet(),
        Map.of("a", 1).entrySet(),
        list.subList(2, 5),
        list.subList(2, 9).subList(1, 4),
        List.copyOf(list).subList(2, 5),
        list.reversed(),
        Map.entry("a", 1),
        map.entrySet().iterator().next(),
        sorted.firstEntry(),
        map.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList());
  }

  @ParameterizedTest
  @MethodSource("views")
  void anEqualCollectionTravelsInPlaceOfAView(Object view) {
    assertEquals(view, sent(view));
    assertEquals(String.valueOf(view), String.valueOf(sent(view)));
    assertEquals(view, returned(view));
  }

  @Test
  void theValuesOfAMapKeepTheirOrder() {
    Map<Integer, String> map = new TreeMap<>(Comparator.reverseOrder());
    map.putAll(Map.of(1, "a", 2, "b", 3, "c"));
    assertEquals(List.of("c", "b", "a"), sent(map.values()));
  }

  @Test
  void aNavigableKeySetStaysOneWithItsOrder() {
    TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    map.putAll(Map.of("b", 1, "A", 2));
    var back = assertInstanceOf(NavigableSet.class, sent(map.navigableKeySet()));
    assertEquals("[A, b]", back.toString());
    assertSame(String.CASE_INSENSITIVE_ORDER, back.comparator());
  }

  @Test
  void aReversedDequeStaysADeque() {
    Deque<Integer> deque = new ArrayDeque<>(List.of(1, 2, 3));
    assertEquals("[3, 2, 1]", assertInstanceOf(Deque.class, sent(deque.reversed())).toString());
  }

  @Test
  void aViewThatTwoPlacesHoldIsOneCollection() {
    List<Integer> part = new ArrayList<>(List.of(1, 2, 3)).subList(0, 2);
    var back = assertInstanceOf(List.class, sent(List.of(part, part)));
    assertSame(back.get(0), back.get(1));
  }

  @Test
  void summariesTravel() {
    Stream.of(
            IntStream.of(1, 5, 9).summaryStatistics(),
            new IntSummaryStatistics(),
            LongStream.of(-1, 1L << 50).summaryStatistics(),
            DoubleStream.of(0.5, 2.5).summaryStatistics(),
            DoubleStream.of(Double.NaN, 2.5).summaryStatistics(),
            DoubleStream.empty().summaryStatistics())
        .forEach(summary -> assertEquals(summary.toString(), String.valueOf(returned(summary))));
  }

  @Test
  void aPlainObjectIsALockOfTheTasksOwn() {
    Object lock = new Object();
    Object there = sent(lock);
    assertSame(Object.class, there == null ? null : there.getClass());
    assertNotSame(lock, there);
  }

  @Test
  void aPathOfAnotherFileSystemIsRefused(@TempDir Path folder) throws Exception {
    Path zip = folder.resolve("a.zip");
    new ZipOutputStream(Files.newOutputStream(zip)).close();
    try (var inside = FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of())) {
      Path entry = inside.getPath("x.txt");
      Task<Integer, Integer> task = x -> x + entry.getNameCount();
      var refused = assertThrows(CaptureException.class, () -> encoder.encodeTask(task));
      assertContains(
          "captured local 'entry' (declared Path) cannot be sent to a worker: jdk.nio.zipfs.ZipPath"
              + " is not serialisable",
          refused.getMessage());
    }
  }

  @Test
  void whatIsNoValueIsRefusedAsBefore() {
    var stream = Stream.of(1);
    var refused = assertThrows(CaptureException.class, () -> encoder.encodeArgument(stream));
    assertContains("java.util.stream.ReferencePipeline$Head is not", refused.getMessage());
    var iterator = new ArrayList<>(List.of(1)).iterator();
    refused = assertThrows(CaptureException.class, () -> encoder.encodeArgument(iterator));
    assertContains("java.util.ArrayList$Itr is not serialisable", refused.getMessage());
  }

  @Test
  void notebookVariablesAndRecordsHoldThem() {
    try (var rig = new Rig()) {
      rig.cell("import java.nio.file.Path; import java.nio.charset.*;");
      rig.cell("record Source(Path file, Charset charset, Optional<Integer> limit) {}");
      rig.cell("Path folder = Path.of(\"/data\"); Object lock = new Object();");
      rig.cell("Map<String, Integer> byName = new TreeMap<>(Map.of(\"b\", 2, \"a\", 1));");
      rig.cell("Set<String> names = byName.keySet(); var first = List.of(1, 2, 3).subList(0, 2);");
      assertEquals(
          "/data/x UTF-8 Optional[3] [a, b] [1, 2]",
          rig.cell(
                  "String told(Source s) { synchronized (lock) { return folder.resolve(s.file()) + \" \""
                      + " + s.charset() + \" \" + s.limit() + \" \" + names + \" \" + first; } }")
              .run(
                  "(Task<Source, String>) s -> told(s)",
                  rig.notebook.value(
                      "new Source(Path.of(\"x\"), StandardCharsets.UTF_8, Optional.of(3))")));
    }
  }
}
