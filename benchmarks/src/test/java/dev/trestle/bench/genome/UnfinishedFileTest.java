package dev.trestle.bench.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFileTest {
  @TempDir Path folder;

  @Test
  void theNameIsGivenWhenTheFileIsComplete() throws IOException {
    Path target = Files.writeString(folder.resolve("result"), "old");
    try (var file = new UnfinishedFile(target)) {
      Files.writeString(file.path(), "new");
      assertEquals("old", Files.readString(target));
      file.finish();
    }
    assertEquals("new", Files.readString(target));
    assertEquals(List.of(target), filesLeft());
  }

  @Test
  void whatIsNotFinishedIsRemoved() throws IOException {
    Path target = folder.resolve("result");
    try (var file = new UnfinishedFile(target)) {
      Files.writeString(file.path(), "half");
    }
    assertFalse(Files.exists(target));
    assertEquals(List.of(), filesLeft());
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
