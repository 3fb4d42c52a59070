package dev.trestle.kernel.protocol;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the sockets are and how messages are signed: the file that Jupyter starts a kernel with.
 */
public record ConnectionFile(
    String transport,
    String ip,
    int shell,
    int control,
    int stdin,
    int iopub,
    int heartbeat,
    String signatureScheme,
    String key) {

  /** Loopback ports that nobody knows, for a kernel that no front end will find. */
  public static ConnectionFile ofAnyPorts() {
    return new ConnectionFile("tcp", "127.0.0.1", 0, 0, 0, 0, 0, "hmac-sha256", "nobody");
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or is not what Jupyter writes
   */
  public static ConnectionFile read(Path file) throws IOException {
    try {
      JsonObject json = new JsonParser().parse(Files.readString(file)).getAsJsonObject();
      return new ConnectionFile(
          json.get("transport").getAsString(),
          json.get("ip").getAsString(),
          json.get("shell_port").getAsInt(),
          json.get("control_port").getAsInt(),
          json.get("stdin_port").getAsInt(),
          json.get("iopub_port").getAsInt(),
          json.get("hb_port").getAsInt(),
          json.has("signature_scheme") ? json.get("signature_scheme").getAsString() : "hmac-sha256",
          json.has("key") ? json.get("key").getAsString() : "");
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new IOException(file + " is not a connection file of Jupyter", e);
    }
  }

  String address(int port) {
    // Jupyter's own rule: a file name for ipc has the port as its suffix.
    if (port == 0) {
      return "%s://%s:*".formatted(transport, ip);
    }
    return transport.equals("ipc")
        ? "ipc://%s-%d".formatted(ip, port)
        : "%s://%s:%d".formatted(transport, ip, port);
  }
}
