package dev.trestle.kernel.session;

import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.Cell;
import dev.trestle.kernel.protocol.Channel;
import dev.trestle.kernel.protocol.Wire;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where what code puts out belongs: to the cell that started the thread, even when that cell has
 * ended; for threads that no cell started, to the cell that runs or ran last. Any thread.
 */
public final class Outputs {
  private static final int REMEMBERED_DISPLAYS = 10_000;

  private final Wire wire;
  private final Map<String, NotebookCell> displays = new LinkedHashMap<>() { // guarded by itself
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NotebookCell> eldest) {
          return size() > REMEMBERED_DISPLAYS;
        }
      };
  private volatile NotebookCell latest;

  Outputs(Wire wire, NotebookCell first) {
    this.wire = wire;
    this.latest = first;
  }

  void enter(NotebookCell cell) {
    latest = cell;
  }

  /** The cell that this thread works for. */
  NotebookCell current() {
    return Cell.of(Thread.currentThread()) instanceof NotebookCell cell ? cell : latest;
  }

  /** Shows something below the cell. */
  public void display(DisplayData data) {
    NotebookCell cell = current();
    @Nullable String id = data.getDisplayId();
    if (id != null) {
      cell.noteDisplay(id);
      synchronized (displays) {
        displays.put(id, cell);
      }
    }
    cell.publish("display_data", MimeBundle.json(data));
  }

  /**
   * Shows something else in each place where something was displayed under this name.
   *
   * @throws IllegalArgumentException if the data has no display id
   */
  public void update(DisplayData data) {
    @Nullable String id = data.getDisplayId();
    if (id == null) {
      throw new IllegalArgumentException("only what has a display id can be updated");
    }
    NotebookCell cell;
    synchronized (displays) {
      cell = displays.getOrDefault(id, current());
    }
    cell.flush();
    wire.send(
        Channel.IOPUB, cell.request().broadcast("update_display_data", MimeBundle.json(data)));
  }

  /**
   * Takes away what is below the cell.
   *
   * @param wait only once there is something new to show, which avoids a flicker
   */
  public void clear(boolean wait) {
    JsonObject content = new JsonObject();
    content.addProperty("wait", wait);
    current().publish("clear_output", content);
  }

  /** A stream for {@code System.out}. */
  PrintStream out() {
    return stream(NotebookCell::out, NotebookCell::err);
  }

  /** A stream for {@code System.err}. */
  PrintStream err() {
    return stream(NotebookCell::err, NotebookCell::out);
  }

  private PrintStream stream(
      Function<NotebookCell, TextStream> written, Function<NotebookCell, TextStream> other) {
    OutputStream routed =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            NotebookCell cell = current();
            other.apply(cell).flush(); // the two streams stay in order
            written.apply(cell).write(bytes, offset, length);
          }
        };
    return new PrintStream(routed, false, StandardCharsets.UTF_8);
  }
}
