package dev.trestle.bench.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path folder;

  @Test
  void aFileIsKnownByRowsBytesAndHash() throws IOException {
    Path file = Files.writeString(folder.resolve("a.tsv"), "a\tb\n1\t2\n3\t4\n");
    assertEquals(
        new Fingerprint(2, 12, "8137d66b376d4bce4335a6759a564db799331d30be807539bcacb2ad3ccd3d29"),
        Fingerprint.of(file, reached -> {}));
  }

  @Test
  void oneByteMakesADifference() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "a\n1\n");
    Path other = Files.writeString(folder.resolve("other"), "a\n2\n");
    assertNotEquals(Fingerprint.of(one, reached -> {}), Fingerprint.of(other, reached -> {}));
  }

  @Test
  void aStreamGivesTheFingerprintOfItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.tsv"), "a\tb\n1\t2\n");
    var stream = new Fingerprint.Stream();
    for (byte b : Files.readAllBytes(file)) {
      stream.write(b);
    }
    assertEquals(Fingerprint.of(file, reached -> {}), stream.fingerprint());
  }
}
