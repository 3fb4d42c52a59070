package dev.trestle.kernel.session;

import com.google.gson.JsonObject;
import dev.trestle.kernel.protocol.Channel;
import dev.trestle.kernel.protocol.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code System.in} of cells: asks the user of the front end for a line when one is needed. */
final class CellInput extends InputStream {
  private final Wire wire;
  private final Outputs outputs;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private byte[] line = new byte[0]; // guarded by this
  private int position; // guarded by this

  CellInput(Wire wire, Outputs outputs) {
    this.wire = wire;
    this.outputs = outputs;
  }

  /** Takes what the user has typed. */
  void answer(String text) {
    answers.add(text);
  }

  @Override
  public synchronized int read() throws IOException {
    if (position == line.length) {
      line = ask();
      position = 0;
    }
    return line[position++] & 0xFF;
  }

  /** At most to the end of a line, so that nobody is asked for more than is needed. */
  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    into[offset] = (byte) read();
    int more = Math.min(length - 1, line.length - position);
    System.arraycopy(line, position, into, offset + 1, more);
    position += more;
    return 1 + more;
  }

  @Override
  public synchronized int available() {
    return line.length - position;
  }

  private byte[] ask() throws IOException {
    NotebookCell cell = outputs.current();
    if (!cell.request().flag("allow_stdin", false)) {
      throw new IOException("this front end cannot be asked for input");
    }
    cell.flush();
    answers.clear(); // an answer to a question that was interrupted
    JsonObject question = new JsonObject();
    question.addProperty("prompt", "");
    question.addProperty("password", false);
    wire.send(Channel.STDIN, cell.request().answer("input_request", question));
    try {
      return (answers.take() + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for input");
    }
  }
}
