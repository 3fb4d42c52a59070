package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trestle.kernel.protocol.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A kernel in a process of its own, and a front end that talks with it over ZeroMQ. */
final class KernelClient implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path terminal;
  private final FrontEndWire wire;
  private final Map<String, JsonObject> replies = new HashMap<>();
  private final List<JsonObject> published = new ArrayList<>();
  private final List<JsonObject> questions = new ArrayList<>();

  /** Starts the kernel as the kernelspec does and waits until it is heard on all channels. */
  static KernelClient start(Path folder) throws Exception {
    return start(folder, KernelSpec.ofThisJvm());
  }

  static KernelClient start(Path folder, KernelSpec spec) throws Exception {
    return start(folder, spec.json());
  }

  /** Starts any kernel, given the text of its {@code kernel.json}. */
  static KernelClient start(Path folder, String kernelJson) throws Exception {
    return start(folder, new JsonParser().parse(kernelJson).getAsJsonObject());
  }

  /** Starts a kernel as the content of its kernel.json says. */
  static KernelClient start(Path folder, JsonObject json) throws Exception {
    FrontEndWire wire = new FrontEndWire();
    Path file = folder.resolve("connection-" + UUID.randomUUID() + ".json");
    Files.writeString(file, wire.connectionFile().toString());
    List<String> command = new ArrayList<>();
    for (JsonElement word : json.getAsJsonArray("argv")) {
      command.add(word.getAsString().replace("{connection_file}", file.toString()));
    }
    Path terminal = folder.resolve("terminal-" + UUID.randomUUID() + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(terminal.toFile())
            .directory(folder.toFile());
    if (json.has("env")) {
      json.getAsJsonObject("env")
          .entrySet()
          .forEach(each -> builder.environment().put(each.getKey(), each.getValue().getAsString()));
    }
    builder.environment().put("TRESTLE_STORE", folder.resolve("store").toString());
    builder.environment().put("TRESTLE_HISTORY", folder.resolve("history.jsonl").toString());
    KernelClient client = new KernelClient(builder.start(), terminal, wire);
    client.awaitAllChannels();
    return client;
  }

  private KernelClient(Process process, Path terminal, FrontEndWire wire) {
    this.process = process;
    this.terminal = terminal;
    this.wire = wire;
  }

  /** A subscription takes effect some time after it is made: ask until it is seen to work. */
  private void awaitAllChannels() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      String id = wire.send(Channel.SHELL, "kernel_info_request", new JsonObject());
      long enough = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      while (System.nanoTime() < enough) {
        receive(20);
        if (replies.containsKey(id) && !publishedFor(id).isEmpty()) {
          published.clear();
          return;
        }
      }
      if (!process.isAlive()) {
        throw new AssertionError("the kernel has ended:\n" + terminal());
      }
    }
    throw new AssertionError("the kernel does not answer:\n" + terminal());
  }

  Process process() {
    return process;
  }

  /** What the kernel wrote to the terminal it was started from. */
  String terminal() throws IOException {
    return Files.readString(terminal);
  }

  // What a front end does.

  /** Runs a cell to its end. */
  Outcome run(String code) throws Exception {
    return outcome(execute(code));
  }

  String execute(String code) {
    return execute(code, new JsonObject());
  }

  /** Sends a cell and does not wait; what is given goes in place of the usual options. */
  String execute(String code, JsonObject options) {
    JsonObject content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.add("user_expressions", new JsonObject());
    content.addProperty("allow_stdin", false);
    content.addProperty("stop_on_error", true);
    options.entrySet().forEach(each -> content.add(each.getKey(), each.getValue()));
    return wire.send(Channel.SHELL, "execute_request", content);
  }

  /** What became of a request once its reply and its idle status are here. */
  Outcome outcome(String id) throws Exception {
    await(
        "the end of a request",
        () -> replies.containsKey(id) && publishedFor(id).stream().anyMatch(KernelClient::isIdle));
    return new Outcome(replies.get(id), publishedFor(id));
  }

  /** Asks on the shell channel and waits for the reply's content. */
  JsonObject ask(String type, JsonObject content) throws Exception {
    return reply(wire.send(Channel.SHELL, type, content)).getAsJsonObject("content");
  }

  JsonObject askControl(String type) throws Exception {
    return reply(wire.send(Channel.CONTROL, type, new JsonObject())).getAsJsonObject("content");
  }

  JsonObject interrupt() throws Exception {
    return askControl("interrupt_request");
  }

  JsonObject reply(String id) throws Exception {
    await("a reply", () -> replies.containsKey(id));
    return replies.get(id);
  }

  boolean hasReply(String id) {
    receive(0);
    return replies.containsKey(id);
  }

  /** Waits until something is published that fits. */
  JsonObject awaitPublished(String id, Predicate<JsonObject> fitting) throws Exception {
    await("a message", () -> publishedFor(id).stream().anyMatch(fitting));
    return publishedFor(id).stream().filter(fitting).findFirst().orElseThrow();
  }

  /** Answers the kernel's next question for input. */
  JsonObject awaitQuestionAndAnswer(String text) throws Exception {
    await("a question", () -> !questions.isEmpty());
    JsonObject question = questions.removeFirst();
    JsonObject content = new JsonObject();
    content.addProperty("value", text);
    wire.send(Channel.STDIN, "input_reply", content);
    return question;
  }

  boolean heartIsBeating() {
    return wire.beats((int) PATIENCE.toMillis());
  }

  /** Sends anything at all to the shell channel. */
  void sendFrames(List<byte[]> frames) {
    wire.send(Channel.SHELL, frames);
  }

  static boolean isIdle(JsonObject message) {
    return is(message, "status")
        && message.getAsJsonObject("content").get("execution_state").getAsString().equals("idle");
  }

  static boolean is(JsonObject message, String type) {
    return message.getAsJsonObject("header").get("msg_type").getAsString().equals(type);
  }

  /** What a cell has led to. */
  record Outcome(JsonObject message, List<JsonObject> published) {
    JsonObject reply() {
      return message.getAsJsonObject("content");
    }

    String status() {
      return reply().get("status").getAsString();
    }

    List<JsonObject> all(String type) {
      return published.stream()
          .filter(each -> is(each, type))
          .map(each -> each.getAsJsonObject("content"))
          .toList();
    }

    /** The result as plain text, once it is certain that there is one. */
    String result() {
      List<JsonObject> results = all("execute_result");
      if (results.size() != 1) {
        throw new AssertionError("%d results: %s".formatted(results.size(), published));
      }
      return results.getFirst().getAsJsonObject("data").get("text/plain").getAsString();
    }

    String stream(String name) {
      StringBuilder text = new StringBuilder();
      for (JsonObject each : all("stream")) {
        if (each.get("name").getAsString().equals(name)) {
          text.append(each.get("text").getAsString());
        }
      }
      return text.toString();
    }

    /** The error's report without colours. */
    String traceback() {
      StringBuilder text = new StringBuilder();
      JsonArray lines = reply().getAsJsonArray("traceback");
      for (JsonElement line : lines) {
        text.append(line.getAsString().replaceAll("\u001b\\[[0-9;]*m", "")).append('\n');
      }
      return text.toString();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s did not come within %s; published: %s; terminal: %s"
                .formatted(what, PATIENCE, published, terminal()));
      }
      receive(20);
    }
  }

  /** Lets go of what was published so far: each message that comes looks through all that came. */
  void forgetPublished() {
    published.clear();
  }

  List<JsonObject> publishedFor(String id) {
    return published.stream()
        .filter(each -> each.getAsJsonObject("parent_header").has("msg_id"))
        .filter(
            each -> each.getAsJsonObject("parent_header").get("msg_id").getAsString().equals(id))
        .toList();
  }

  private void receive(int millis) {
    wire.receive(
        millis,
        (channel, message) -> {
          switch (channel) {
            case IOPUB -> published.add(message);
            case STDIN -> questions.add(message);
            case SHELL, CONTROL ->
                replies.put(
                    message.getAsJsonObject("parent_header").get("msg_id").getAsString(), message);
          }
        });
  }

  /** Ends the kernel as Jupyter does; by force if that does not help. */
  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      wire.send(Channel.CONTROL, "shutdown_request", new JsonObject());
    }
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    wire.close();
    if (!ended) {
      throw new AssertionError("the kernel did not end when asked to:\n" + terminal());
    }
  }
}
