package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A kernel in a process of its own, and a front end that talks with it over ZeroMQ. */
final class KernelClient implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String KEY = "a key for tests";
  private static final String DELIMITER = "<IDS|MSG>";

  private final Process process;
  private final Path terminal;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ZMQ.Socket shell = context.socket(SocketType.DEALER);
  private final ZMQ.Socket control = context.socket(SocketType.DEALER);
  private final ZMQ.Socket stdin = context.socket(SocketType.DEALER);
  private final ZMQ.Socket iopub = context.socket(SocketType.SUB);
  private final ZMQ.Socket heartbeat = context.socket(SocketType.REQ);
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
    int[] ports = freePorts(5);
    JsonObject connection = new JsonObject();
    connection.addProperty("transport", "tcp");
    connection.addProperty("ip", "127.0.0.1");
    connection.addProperty("key", KEY);
    connection.addProperty("signature_scheme", "hmac-sha256");
    List<String> names = List.of("shell", "control", "stdin", "iopub", "hb");
    for (int i = 0; i < ports.length; i++) {
      connection.addProperty(names.get(i) + "_port", ports[i]);
    }
    Path file = folder.resolve("connection-" + UUID.randomUUID() + ".json");
    Files.writeString(file, connection.toString());
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
    KernelClient client = new KernelClient(builder.start(), terminal, ports);
    client.awaitAllChannels();
    return client;
  }

  private KernelClient(Process process, Path terminal, int[] ports) {
    this.process = process;
    this.terminal = terminal;
    List<ZMQ.Socket> sockets = List.of(shell, control, stdin, iopub, heartbeat);
    // Input requests find their way by the identity that the execute request came from.
    byte[] identity = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    List.of(shell, control, stdin).forEach(socket -> socket.setIdentity(identity));
    iopub.subscribe(new byte[0]);
    iopub.setHWM(0);
    for (int i = 0; i < ports.length; i++) {
      sockets.get(i).setLinger(0);
      sockets.get(i).connect("tcp://127.0.0.1:" + ports[i]);
    }
  }

  private static int[] freePorts(int number) throws IOException {
    int[] ports = new int[number];
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports[i] = held.get(i).getLocalPort();
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  /** A subscription takes effect some time after it is made: ask until it is seen to work. */
  private void awaitAllChannels() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      String id = send(shell, "kernel_info_request", new JsonObject());
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
    return send(shell, "execute_request", content);
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
    return reply(send(shell, type, content)).getAsJsonObject("content");
  }

  JsonObject askControl(String type) throws Exception {
    return reply(send(control, type, new JsonObject())).getAsJsonObject("content");
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
    send(stdin, "input_reply", content);
    return question;
  }

  boolean heartIsBeating() {
    heartbeat.send("beat");
    heartbeat.setReceiveTimeOut((int) PATIENCE.toMillis());
    return "beat".equals(heartbeat.recvStr());
  }

  /** Sends anything at all to the shell channel. */
  void sendFrames(List<byte[]> frames) {
    send(shell, frames);
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

  // The wire.

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

  List<JsonObject> publishedFor(String id) {
    return published.stream()
        .filter(each -> each.getAsJsonObject("parent_header").has("msg_id"))
        .filter(
            each -> each.getAsJsonObject("parent_header").get("msg_id").getAsString().equals(id))
        .toList();
  }

  private void receive(int millis) {
    ZMQ.Poller poller = context.poller(4);
    List<ZMQ.Socket> sockets = List.of(shell, control, stdin, iopub);
    sockets.forEach(socket -> poller.register(socket, ZMQ.Poller.POLLIN));
    poller.poll(millis);
    for (ZMQ.Socket socket : sockets) {
      for (byte[] first = socket.recv(ZMQ.DONTWAIT);
          first != null;
          first = socket.recv(ZMQ.DONTWAIT)) {
        List<byte[]> frames = new ArrayList<>(List.of(first));
        while (socket.hasReceiveMore()) {
          frames.add(socket.recv());
        }
        JsonObject message = parse(frames);
        if (socket.equals(iopub)) {
          published.add(message);
        } else if (socket.equals(stdin)) {
          questions.add(message);
        } else {
          replies.put(
              message.getAsJsonObject("parent_header").get("msg_id").getAsString(), message);
        }
      }
    }
    poller.close();
  }

  private static JsonObject parse(List<byte[]> frames) {
    int delimiter = 0;
    while (!text(frames.get(delimiter)).equals(DELIMITER)) {
      delimiter++;
    }
    List<byte[]> texts = frames.subList(delimiter + 2, delimiter + 6);
    if (!text(frames.get(delimiter + 1)).equals(sign(texts))) {
      throw new AssertionError("the kernel's signature is wrong");
    }
    JsonObject message = new JsonObject();
    List<String> names = List.of("header", "parent_header", "metadata", "content");
    for (int i = 0; i < names.size(); i++) {
      message.add(names.get(i), new JsonParser().parse(text(texts.get(i))));
    }
    return message;
  }

  private static String send(ZMQ.Socket socket, String type, JsonObject content) {
    JsonObject header = new JsonObject();
    String id = UUID.randomUUID().toString();
    header.addProperty("msg_id", id);
    header.addProperty("session", "tests");
    header.addProperty("username", "tester");
    header.addProperty("date", "2026-01-01T00:00:00Z");
    header.addProperty("msg_type", type);
    header.addProperty("version", "5.3");
    send(socket, frames(header.toString(), content.toString()));
    return id;
  }

  /** A well-formed, signed message. */
  static List<byte[]> frames(String header, String content) {
    List<byte[]> texts = List.of(bytes(header), bytes("{}"), bytes("{}"), bytes(content));
    List<byte[]> frames = new ArrayList<>(List.of(bytes(DELIMITER), bytes(sign(texts))));
    frames.addAll(texts);
    return frames;
  }

  private static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size() - 1; i++) {
      socket.sendMore(frames.get(i));
    }
    socket.send(frames.getLast());
  }

  private static String sign(List<byte[]> texts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(KEY), "HmacSHA256"));
      texts.forEach(mac::update);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Ends the kernel as Jupyter does; by force if that does not help. */
  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      send(control, "shutdown_request", new JsonObject());
    }
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    Arrays.asList(shell, control, stdin, iopub, heartbeat).forEach(ZMQ.Socket::close);
    context.close();
    if (!ended) {
      throw new AssertionError("the kernel did not end when asked to:\n" + terminal());
    }
  }
}
