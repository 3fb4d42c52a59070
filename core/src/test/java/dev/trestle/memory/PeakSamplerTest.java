package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakSamplerTest {
  private static final long MIB = 1 << 20;
  private static final Duration NEVER = Duration.ofHours(1);

  @Test
  void thePeakOutlivesTheProcess(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("shared"), new byte[(int) (32 * MIB)]);
    try (var child = ChildProcess.mapping(file);
        var sampler = PeakSampler.start(() -> LongStream.of(child.pid()), NEVER)) {
      child.killAndWait();
      assertEquals(0, sampler.sampleNow().pss());
      assertTrue(sampler.peak().pss() > 32 * MIB, () -> sampler.peak().toString());
    }
  }

  @Test
  void theProcessesAreAddedUp() throws Exception {
    try (var one = ChildProcess.sleeping();
        var two = ChildProcess.sleeping();
        var both = PeakSampler.start(() -> LongStream.of(one.pid(), two.pid()), NEVER);
        var first = PeakSampler.start(() -> LongStream.of(one.pid()), NEVER)) {
      assertTrue(both.sampleNow().pss() > first.sampleNow().pss());
    }
  }

  @Test
  void theThreadSamplesByItself() throws Exception {
    CountDownLatch asked = new CountDownLatch(5);
    try (var sampler =
        PeakSampler.start(
            () -> {
              asked.countDown();
              return LongStream.of(ProcessHandle.current().pid());
            },
            Duration.ofMillis(1))) {
      asked.await();
      assertTrue(sampler.peak().pss() > MIB);
    }
  }

  @Test
  void afterCloseThePeakStays() {
    var sampler = PeakSampler.start(PeakSampler::thisProcessTree, Duration.ofMillis(1));
    sampler.close();
    assertTrue(sampler.peak().pss() > MIB);
  }

  @Test
  void childProcessesBelongToTheTree() throws Exception {
    try (var child = ChildProcess.sleeping()) {
      assertTrue(PeakSampler.thisProcessTree().anyMatch(pid -> pid == child.pid()));
    }
  }

  @Test
  void aFileInMemoryThatNobodyMapsCountsInTheFootprint() throws Exception {
    Path file = Files.createTempFile(Path.of("/dev/shm"), "trestle-test", null);
    try (var sampler = PeakSampler.start(PeakSampler::thisProcessTree, NEVER)) {
      Files.write(file, new byte[(int) (64 * MIB)]);
      var sample = sampler.sampleNow();
      assertTrue(sample.unmappedShmem() > 32 * MIB, sample::toString);
      assertTrue(sampler.peakFootprint().footprint() > 32 * MIB + sample.pss() / 2);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aReadingThatFailsIsToldInsteadOfAPeak() throws Exception {
    CountDownLatch untilFailure = new CountDownLatch(3);
    var sampler =
        PeakSampler.start(
            () -> {
              untilFailure.countDown();
              if (untilFailure.getCount() == 0) {
                throw new UnsupportedOperationException("no /proc");
              }
              return LongStream.empty();
            },
            Duration.ofMillis(1));
    untilFailure.await();
    sampler.close();
    var e = assertThrows(IllegalStateException.class, sampler::peak);
    assertEquals("the memory readings broke off: no /proc", e.getMessage());
  }
}
