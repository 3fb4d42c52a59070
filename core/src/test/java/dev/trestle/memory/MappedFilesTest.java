package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {
  @TempDir Path folder;
  private Path mapped;
  private Path other;

  @BeforeEach
  void twoFiles() throws Exception {
    mapped = Files.write(folder.resolve("a table"), new byte[20_000]);
    other = Files.write(folder.resolve("another"), new byte[20_000]);
  }

  @Test
  void onlyTheMappedFileIsNamed() throws Exception {
    try (var child = ChildProcess.mapping(mapped)) {
      assertEquals(Set.of(mapped), MappedFiles.mappedBy(child.pid(), List.of(mapped, other)));
    }
  }

  @Test
  void aFileIsKnownThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), mapped);
    try (var child = ChildProcess.mapping(mapped)) {
      assertEquals(Set.of(link), MappedFiles.mappedBy(child.pid(), List.of(link)));
    }
  }

  @Test
  void aDeletedFileStaysMapped() throws Exception {
    try (var child = ChildProcess.mapping(mapped)) {
      Files.delete(mapped);
      assertEquals(Set.of(mapped), MappedFiles.mappedBy(child.pid(), List.of(mapped)));
    }
  }

  @Test
  void aNewFileUnderTheNameOfADeletedOneIsNotMapped() throws Exception {
    try (var child = ChildProcess.mapping(mapped)) {
      Files.delete(mapped);
      Files.write(mapped, new byte[20_000]);
      assertEquals(Set.of(), MappedFiles.mappedBy(child.pid(), List.of(mapped)));
    }
  }

  @Test
  void aProcessThatIsGoneHasNothingMapped() throws Exception {
    try (var child = ChildProcess.mapping(mapped)) {
      child.killAndWait();
      assertEquals(Set.of(), MappedFiles.mappedBy(child.pid(), List.of(mapped)));
      assertEquals(0, MappedFiles.pss(child.pid(), List.of(mapped)));
    }
  }
}
