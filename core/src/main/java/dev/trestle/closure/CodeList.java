package dev.trestle.closure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The code that a message needs. A message names its list, the list names the class files: so the
 * many arguments of a call have one key each, however many classes theirs reach.
 *
 * @param classPath URLs of files that were added to the notebook's class path while it ran
 * @param classFiles those of notebook classes, by binary name
 */
record CodeList(Set<String> classPath, Map<String, CodeKey> classFiles) {

  /** Equal lists give equal bytes. */
  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(classPath.size());
      for (String url : classPath) {
        writeText(url, out);
      }
      out.writeInt(classFiles.size());
      for (var each : new TreeMap<>(classFiles).entrySet()) {
        writeText(each.getKey(), out);
        ByteBuffer key = ByteBuffer.allocate(CodeKey.LENGTH);
        each.getValue().write(key);
        out.write(key.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static CodeList parse(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    try {
      Set<String> classPath = new LinkedHashSet<>();
      for (int i = in.getInt(); i > 0; i--) {
        classPath.add(readText(in));
      }
      Map<String, CodeKey> classFiles = new TreeMap<>();
      for (int i = in.getInt(); i > 0; i--) {
        classFiles.put(readText(in), CodeKey.read(in));
      }
      return new CodeList(classPath, classFiles);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new CaptureException("these bytes are no list of class files", e);
    }
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
