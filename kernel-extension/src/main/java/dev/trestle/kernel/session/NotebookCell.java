package dev.trestle.kernel.session;

import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.Cell;
import dev.trestle.kernel.protocol.Channel;
import dev.trestle.kernel.protocol.Message;
import dev.trestle.kernel.protocol.Wire;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A running cell with its place in the notebook: what it puts out appears there. Any thread. */
final class NotebookCell extends Cell {
  private final Message request;
  private final Wire wire;
  private final TextStream out;
  private final TextStream err;
  private final Set<String> displayed = ConcurrentHashMap.newKeySet();

  NotebookCell(int number, Message request, Wire wire, Ticker ticker) {
    super(number);
    this.request = request;
    this.wire = wire;
    this.out = new TextStream(text -> send("stream", stream("stdout", text)), ticker);
    this.err = new TextStream(text -> send("stream", stream("stderr", text)), ticker);
  }

  @Override
  protected String written() {
    return request.text("code", "");
  }

  Message request() {
    return request;
  }

  TextStream out() {
    return out;
  }

  TextStream err() {
    return err;
  }

  /** Puts out anything but text, behind the text so far. */
  void publish(String type, JsonObject content) {
    flush();
    send(type, content);
  }

  /** Puts out what comes just before the reply, and leaves with it. */
  void publishWithReply(String type, JsonObject content) {
    flush();
    wire.sendWithNext(Channel.IOPUB, request.broadcast(type, content));
  }

  void flush() {
    out.flush();
    err.flush();
  }

  /** Notes what the code was told as the name of something that it displayed. */
  void noteDisplay(String id) {
    displayed.add(id);
  }

  boolean hasDisplayed(String id) {
    return displayed.contains(id);
  }

  private void send(String type, JsonObject content) {
    wire.send(Channel.IOPUB, request.broadcast(type, content));
  }

  private static JsonObject stream(String name, String text) {
    JsonObject content = new JsonObject();
    content.addProperty("name", name);
    content.addProperty("text", text);
    return content;
  }
}
