package dev.trestle.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trestle.kernel.protocol.BatchScheduling;
import dev.trestle.kernel.protocol.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A front end's end of the five sockets: messages as JSON, signed and checked. */
final class FrontEndWire implements AutoCloseable {
  private static final String KEY = "a key for tests";
  private static final String DELIMITER = "<IDS|MSG>";

  private final int[] ports = freePorts(5);
  private final ZMQ.Context context = ZMQ.context(1);
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final ZMQ.Socket heartbeat = heartbeat(context);
  private final ZMQ.Poller poller = context.poller(Channel.values().length);

  FrontEndWire() throws IOException {
    // Input requests find their way by the identity that the execute request came from.
    byte[] identity = bytes(UUID.randomUUID().toString());
    for (Channel channel : Channel.values()) {
      ZMQ.Socket socket =
          context.socket(channel == Channel.IOPUB ? SocketType.SUB : SocketType.DEALER);
      socket.setIdentity(identity);
      connect(socket, ports[channel.ordinal()]);
      sockets.put(channel, socket);
      poller.register(socket, ZMQ.Poller.POLLIN);
    }
    of(Channel.IOPUB).subscribe(new byte[0]);
    of(Channel.IOPUB).setHWM(0);
    connect(heartbeat, ports[4]);
  }

  /** The first socket: it starts ZeroMQ's thread. */
  private static ZMQ.Socket heartbeat(ZMQ.Context context) {
    try (var _ = new BatchScheduling()) {
      return context.socket(SocketType.REQ);
    }
  }

  private static void connect(ZMQ.Socket socket, int port) {
    socket.setLinger(0);
    socket.connect("tcp://127.0.0.1:" + port);
  }

  private ZMQ.Socket of(Channel channel) {
    return sockets.get(channel);
  }

  /** The connection file of a kernel that is to be heard here. */
  JsonObject connectionFile() {
    JsonObject connection = new JsonObject();
    connection.addProperty("transport", "tcp");
    connection.addProperty("ip", "127.0.0.1");
    connection.addProperty("key", KEY);
    connection.addProperty("signature_scheme", "hmac-sha256");
    for (Channel channel : Channel.values()) {
      connection.addProperty(
          channel.name().toLowerCase(Locale.ROOT) + "_port", ports[channel.ordinal()]);
    }
    connection.addProperty("hb_port", ports[4]);
    return connection;
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

  boolean beats(int millis) {
    heartbeat.send("beat");
    heartbeat.setReceiveTimeOut(millis);
    return "beat".equals(heartbeat.recvStr());
  }

  /** Hands on what has come, or comes within that time. */
  void receive(int millis, BiConsumer<Channel, JsonObject> receiver) {
    poller.poll(millis);
    sockets.forEach((channel, socket) -> {
      for (byte[] first = socket.recv(ZMQ.DONTWAIT);
          first != null;
          first = socket.recv(ZMQ.DONTWAIT)) {
        List<byte[]> frames = new ArrayList<>(List.of(first));
        while (socket.hasReceiveMore()) {
          frames.add(socket.recv());
        }
        receiver.accept(channel, parse(frames));
      }
    });
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

  /** Sends a message and returns its id. */
  String send(Channel channel, String type, JsonObject content) {
    JsonObject header = new JsonObject();
    String id = UUID.randomUUID().toString();
    header.addProperty("msg_id", id);
    header.addProperty("session", "tests");
    header.addProperty("username", "tester");
    header.addProperty("date", "2026-01-01T00:00:00Z");
    header.addProperty("msg_type", type);
    header.addProperty("version", "5.3");
    send(channel, frames(header.toString(), content.toString()));
    return id;
  }

  /** A well-formed, signed message. */
  static List<byte[]> frames(String header, String content) {
    List<byte[]> texts = List.of(bytes(header), bytes("{}"), bytes("{}"), bytes(content));
    List<byte[]> frames = new ArrayList<>(List.of(bytes(DELIMITER), bytes(sign(texts))));
    frames.addAll(texts);
    return frames;
  }

  void send(Channel channel, List<byte[]> frames) {
    for (byte[] frame : frames.subList(0, frames.size() - 1)) {
      of(channel).sendMore(frame);
    }
    of(channel).send(frames.getLast());
  }

  private static String sign(List<byte[]> texts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(KEY), "HmacSHA256"));
      texts.forEach(mac::update);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    poller.close();
    sockets.values().forEach(ZMQ.Socket::close);
    heartbeat.close();
    context.close();
  }
}
