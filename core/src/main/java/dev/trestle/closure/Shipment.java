package dev.trestle.closure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message between notebook and worker: the code first, then the values that need it. */
final class Shipment {
  private final Set<String> classPath;
  private final Map<String, byte[]> classFiles;
  private final byte[] graph;

  /**
   * @param classPath URLs of files that were added to the notebook's class path while it ran
   * @param classFiles notebook classes by binary name
   * @param graph what a {@link GraphWriter} wrote
   */
  Shipment(Set<String> classPath, Map<String, byte[]> classFiles, byte[] graph) {
    this.classPath = classPath;
    this.classFiles = classFiles;
    this.graph = graph;
  }

  Set<String> classPath() {
    return classPath;
  }

  Map<String, byte[]> classFiles() {
    return classFiles;
  }

  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(classPath.size());
      for (String url : classPath) {
        out.writeUTF(url);
      }
      out.writeInt(classFiles.size());
      for (var each : classFiles.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
      out.write(graph);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Shipment parse(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Set<String> classPath = new LinkedHashSet<>();
      for (int i = in.readInt(); i > 0; i--) {
        classPath.add(in.readUTF());
      }
      Map<String, byte[]> classFiles = new HashMap<>();
      for (int i = in.readInt(); i > 0; i--) {
        classFiles.put(in.readUTF(), in.readNBytes(in.readInt()));
      }
      return new Shipment(classPath, classFiles, in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      throw new CaptureException("these bytes are not a task, an argument or a result", e);
    }
  }

  /** Rebuilds the value with the classes of the loader, and sets the variables that came along. */
  @Nullable Object unpack(ClassLoader loader) {
    var filter = new MessageFilter(graph.length);
    try (var reader = new GraphReader(new ByteArrayInputStream(graph), loader, filter)) {
      return reader.readGraph();
    } catch (ClassNotFoundException e) {
      throw new CaptureException(
          "class %s is needed to read what was sent, and is not on the class path of this JVM (%s)"
              .formatted(e.getMessage(), loader),
          e);
    } catch (StackOverflowError e) {
      throw new CaptureException(
          "what was sent cannot be read: its objects hang on each other in too long a chain", e);
    } catch (IOException e) {
      String objection = filter.objection();
      throw new CaptureException(
          objection == null
              ? "what was sent cannot be read: " + e.getMessage()
              : "what was sent is refused: " + objection,
          e);
    }
  }
}
