package dev.trestle.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages as the frames that go over a socket: identities, delimiter, signature, four texts. */
final class Frames {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNATURE_AND_TEXTS = 5;
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final Signature signature;

  Frames(Signature signature) {
    this.signature = signature;
  }

  List<byte[]> of(Message message) {
    List<byte[]> texts =
        List.of(
            bytes(message.header()),
            bytes(message.parent()),
            bytes(message.metadata()),
            bytes(message.content()));
    List<byte[]> frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(signature.of(texts));
    frames.addAll(texts);
    frames.addAll(message.buffers());
    return frames;
  }

  /**
   * @throws BadMessageException if that is no message, or not from one who has the key
   */
  Message parse(List<byte[]> frames) throws BadMessageException {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(DELIMITER, frames.get(delimiter))) {
      delimiter++;
    }
    int texts = delimiter + 2;
    int end = delimiter + 1 + SIGNATURE_AND_TEXTS;
    if (end > frames.size()) {
      throw new BadMessageException("%d frames are no message".formatted(frames.size()));
    }
    if (!signature.fits(frames.get(delimiter + 1), frames.subList(texts, end))) {
      throw new BadMessageException("a message is not signed with this kernel's key");
    }
    JsonObject header = object(frames.get(texts));
    for (String field : List.of("msg_id", "msg_type")) {
      JsonElement value = header.get(field);
      if (value == null || !value.isJsonPrimitive()) {
        throw new BadMessageException("a message's header has no " + field);
      }
    }
    return new Message(
        frames.subList(0, delimiter),
        header,
        object(frames.get(texts + 1)),
        object(frames.get(texts + 2)),
        object(frames.get(texts + 3)),
        frames.subList(end, frames.size()));
  }

  private static byte[] bytes(JsonObject json) {
    return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject object(byte[] text) throws BadMessageException {
    try {
      return new JsonParser().parse(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new BadMessageException("a part of a message is no JSON object");
    }
  }
}
