package dev.trestle.closure;

import java.util.List;

/**
 * A task or an argument, encoded: values, and apart from them the code that they need.
 *
 * <p>Whoever sends it makes sure that the receiver has {@linkplain ClosureDecoder#learn learnt} the
 * code before. Code is told once to each receiver, the values each time.
 */
public final class Message {
  private final byte[] bytes;
  private final List<CodePiece> code;

  Message(byte[] bytes, List<CodePiece> code) {
    this.bytes = bytes;
    this.code = code;
  }

  /** What is to be decoded; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * The code, with at the end the list of all before: who has that has the others. Empty when all
   * is compiled code.
   */
  public List<CodePiece> code() {
    return code;
  }
}
