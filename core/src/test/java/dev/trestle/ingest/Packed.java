package dev.trestle.ingest;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Compressed text for tests. */
final class Packed {
  private Packed() {}

  /** Each text as a member of its own. */
  static Path gzip(Path file, String... members) throws IOException {
    return Files.write(file, packed(GZIPOutputStream::new, members));
  }

  /** Each text as a frame of its own. */
  static Path zstd(Path file, String... frames) throws IOException {
    return Files.write(file, packed(ZstdOutputStream::new, frames));
  }

  private interface Packing {
    OutputStream onto(OutputStream out) throws IOException;
  }

  private static byte[] packed(Packing packing, String... texts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      try (OutputStream out = packing.onto(bytes)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
