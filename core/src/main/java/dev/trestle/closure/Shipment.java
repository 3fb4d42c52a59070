package dev.trestle.closure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values between notebook and worker: the key of the code that they need, if they need any, then
 * what a {@link BriefWriter} or a {@link GraphWriter} wrote.
 *
 * @param code of a {@link CodeList}
 * @param start where the form of the values lies, with them behind it
 */
record Shipment(@Nullable CodeKey code, byte[] bytes, int start) {
  private static final byte NO_CODE = 0;
  private static final byte WITH_CODE = 1;

  static final byte GRAPH = 0;
  static final byte BRIEF = 1;

  /** Writes what comes before the values. */
  static void begin(ByteArrayOutputStream out, List<CodePiece> code) {
    if (code.isEmpty()) {
      out.write(NO_CODE);
    } else {
      ByteBuffer header = ByteBuffer.allocate(1 + CodeKey.LENGTH).put(WITH_CODE);
      code.getLast().key().write(header);
      out.writeBytes(header.array());
    }
  }

  static Shipment parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.hasRemaining() ? in.get() : -1;
    if (kind == NO_CODE) {
      return new Shipment(null, bytes, in.position());
    }
    if (kind != WITH_CODE || in.remaining() < CodeKey.LENGTH) {
      throw new CaptureException("these bytes are not a task, an argument or a result");
    }
    return new Shipment(CodeKey.read(in), bytes, in.position());
  }

  /** Rebuilds the value with the classes of the loader, and sets the variables that came along. */
  @Nullable Object unpack(ClassLoader loader) {
    var in = new ByteArrayInputStream(bytes, start, bytes.length - start);
    try {
      return in.read() == BRIEF ? new BriefReader(in, loader).read() : unpack(in, loader);
    } catch (ClassNotFoundException e) {
      throw new CaptureException(
          "class %s is needed to read what was sent, and is not on the class path of this JVM (%s)"
              .formatted(e.getMessage(), loader),
          e);
    } catch (StackOverflowError e) {
      throw new CaptureException(
          "what was sent cannot be read: its objects hang on each other in too long a chain", e);
    } catch (IOException e) {
      throw new CaptureException("what was sent cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object unpack(ByteArrayInputStream graph, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    var filter = new MessageFilter(graph.available());
    try (var reader = new GraphReader(graph, loader, filter)) {
      return reader.readGraph();
    } catch (IOException e) {
      String objection = filter.objection();
      if (objection != null) {
        throw new CaptureException("what was sent is refused: " + objection, e);
      }
      throw e;
    }
  }
}
