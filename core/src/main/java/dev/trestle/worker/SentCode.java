package dev.trestle.worker;

import dev.trestle.closure.CodeKey;
import dev.trestle.closure.CodePiece;
import dev.trestle.closure.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The code that the JVM at the other end of one channel has been sent: each piece goes there once,
 * before the first message that needs it.
 *
 * <p>The receiver keeps it all, and what replaces a receiver has a channel, and so one of these, of
 * its own: nothing ever has to be asked for.
 */
final class SentCode {
  private final Set<CodeKey> sent = new HashSet<>();
  private final List<CodePiece> due = new ArrayList<>();
  private final Packet packet = new Packet();

  /** Notes that a message is about to go. */
  void require(Message message) {
    List<CodePiece> code = message.code();
    if (!code.isEmpty() && !sent.contains(code.getLast().key())) {
      code.stream().filter(piece -> !sent.contains(piece.key())).forEach(due::add);
    }
  }

  /** Sends what the messages noted need and the other side lacks. */
  void send(Channel channel) throws IOException {
    if (due.isEmpty()) {
      return;
    }
    Set<CodeKey> now = new HashSet<>();
    for (CodePiece piece : due) {
      if (now.add(piece.key())) {
        packet.begin(Packet.Kind.CODE);
        piece.key().write(packet.reserve(CodeKey.LENGTH));
        packet.putBytes(piece.content()).end();
      }
    }
    channel.send(packet);
    sent.addAll(now);
    due.clear();
  }

  /** Forgets the messages noted, which will not go. */
  void clear() {
    due.clear();
    packet.clear();
  }

  /** Reads a piece on the other side. */
  static CodePiece read(ByteBuffer payload) {
    return new CodePiece(CodeKey.read(payload), Scalar.bytes(payload));
  }
}
