package dev.trestle.closure;

/**
 * What a receiver is told once and keeps: a class file, or the list of the class files that
 * messages need.
 *
 * @param content never changed
 */
public record CodePiece(CodeKey key, byte[] content) {
  static CodePiece of(byte[] content) {
    return new CodePiece(CodeKey.of(content), content);
  }
}
