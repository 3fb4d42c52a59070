package dev.trestle.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The beginning of a {@code .npy} file: type, shape, and where the elements begin.
 *
 * <p>See numpy.lib.format: {@code \x93NUMPY}, two bytes of version, the length of a Python
 * dictionary in two bytes (version 1) or four (2, and 3, which only allows UTF-8 in field names),
 * the dictionary, and spaces up to a multiple of 64.
 *
 * @param dataOffset the position of the first element in the file
 */
public record NpyHeader(ElementType type, Shape shape, long dataOffset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /** Longer ones describe structures of very many fields; numpy itself refuses 10,000 bytes. */
  private static final int LONGEST = 1 << 16;

  /** The header of a new file. */
  public static NpyHeader of(ElementType type, Shape shape) {
    return new NpyHeader(type, shape, encode(type, shape).length);
  }

  /** The bytes of a new file before its elements; a multiple of 64. */
  public byte[] encoded() {
    return encode(type, shape);
  }

  private static byte[] encode(ElementType type, Shape shape) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(type.descriptor(), shape);
    int prefix = MAGIC.length + 4;
    int total = Math.ceilDiv(prefix + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT;
    byte[] padded =
        (dictionary + " ".repeat(total - prefix - dictionary.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(total)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length) // 64 axes of 19 digits are well below 2^15
        .put(padded)
        .array();
  }

  /**
   * Reads the header of a file, which is not mapped.
   *
   * @throws NpyFormatException as {@link MappedArray#open}
   */
  public static NpyHeader read(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      return read(path, file);
    }
  }

  /**
   * Reads the header of a file and checks that the elements are there.
   *
   * @throws NpyFormatException if it is not a {@code .npy} file, is damaged or cut short, or holds
   *     big-endian, Fortran-ordered, structured or otherwise unsupported elements
   */
  static NpyHeader read(Path path, FileChannel file) throws IOException {
    ByteBuffer start = read(path, file, 0, MAGIC.length + 2);
    byte[] found = new byte[MAGIC.length];
    start.get(found);
    if (!Arrays.equals(found, MAGIC)) {
      throw new NpyFormatException(
          "%s is not a .npy file: it begins with %s, and one with %s"
              .formatted(path, hex(found), hex(MAGIC)));
    }
    int version = start.get();
    if (version < 1 || version > 3) {
      throw new NpyFormatException(
          "%s is a .npy file of version %d.%d; 1.0, 2.0 and 3.0 are known"
              .formatted(path, version, start.get()));
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer lengthField = read(path, file, start.capacity(), lengthBytes);
    long length =
        version == 1
            ? Short.toUnsignedLong(lengthField.getShort())
            : Integer.toUnsignedLong(lengthField.getInt());
    if (length > LONGEST) {
      throw new NpyFormatException(
          "%s has a header of %,d bytes; at most %,d are read".formatted(path, length, LONGEST));
    }
    int headerAt = start.capacity() + lengthBytes;
    String dictionary =
        new String(
            read(path, file, headerAt, (int) length).array(),
            version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    NpyHeader header = new NpyDictionary(path, dictionary).header(headerAt + length);
    header.checkComplete(path, file.size());
    return header;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private void checkComplete(Path path, long fileSize) {
    long wanted;
    try {
      wanted = shape.bytes(type);
    } catch (IllegalArgumentException e) {
      throw new NpyFormatException(path + " has a damaged .npy header: " + e.getMessage());
    }
    if (fileSize - dataOffset < wanted) {
      throw new NpyFormatException(
          "%s is cut short: shape %s of %s needs %,d bytes after the header and %,d are there"
              .formatted(path, shape, type, wanted, fileSize - dataOffset));
    }
  }

  private static ByteBuffer read(Path path, FileChannel file, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new NpyFormatException(
            "%s ends within the header of a .npy file, after %,d bytes"
                .formatted(path, position + bytes.position()));
      }
    }
    return bytes.flip();
  }
}
