package dev.trestle.kernel.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A message of Jupyter.
 *
 * @param identities whom it came from, or goes to
 * @param parent the header of the message that this one answers; empty if none
 * @param buffers binary data behind the content
 */
public record Message(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {
  /** The protocol version that the kernel speaks. */
  public static final String VERSION = "5.3";

  private static final String SESSION = UUID.randomUUID().toString();
  private static final AtomicLong SENT = new AtomicLong();

  public Message {
    identities = List.copyOf(identities);
    buffers = List.copyOf(buffers);
  }

  public String type() {
    return header.get("msg_type").getAsString();
  }

  /** A message of the kernel that belongs to this one and goes back to its sender. */
  public Message answer(String type, JsonObject content) {
    return new Message(identities, header(type), header, new JsonObject(), content, List.of());
  }

  /** A message of the kernel for all who listen, about something that this message began. */
  public Message broadcast(String type, JsonObject content) {
    return new Message(
        List.of(topic(type)), header(type), header, new JsonObject(), content, List.of());
  }

  /** A message of the kernel for all who listen that nothing has asked for. */
  public static Message unasked(String type, JsonObject content) {
    return new Message(
        List.of(topic(type)), header(type), new JsonObject(), new JsonObject(), content, List.of());
  }

  /** A header as the kernel writes it. */
  private static JsonObject header(String type) {
    JsonObject header = new JsonObject();
    header.addProperty("msg_id", SESSION + "_" + SENT.incrementAndGet());
    header.addProperty("session", SESSION);
    header.addProperty("username", "kernel");
    header.addProperty("date", OffsetDateTime.now(ZoneOffset.UTC).toString());
    header.addProperty("msg_type", type);
    header.addProperty("version", VERSION);
    return header;
  }

  private static byte[] topic(String type) {
    return type.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** A text in the content, or what stands in for one that is not there. */
  public String text(String name, String absent) {
    JsonElement value = content.get(name);
    return (value != null && value.isJsonPrimitive()) ? value.getAsString() : absent;
  }

  /** A yes or no in the content, or what stands in for one that is not there. */
  public boolean flag(String name, boolean absent) {
    JsonElement value = content.get(name);
    boolean there =
        value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
    return there ? value.getAsBoolean() : absent;
  }

  /** A whole number in the content, or what stands in for one that is not there. */
  public int number(String name, int absent) {
    JsonElement value = content.get(name);
    boolean there =
        value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    return there ? value.getAsInt() : absent;
  }
}
