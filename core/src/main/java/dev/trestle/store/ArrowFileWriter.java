package dev.trestle.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one table as an Arrow IPC file: one record batch, uncompressed, every buffer at a multiple
 * of 64 bytes.
 *
 * <p>The layout is known before the first byte is written, so a caller can look for room first.
 * Everything goes through {@link FileChannel#write}: on a full memory file system that is an
 * exception, where a store through a mapping would be a SIGBUS.
 */
final class ArrowFileWriter {
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  static final int CONTINUATION = -1;
  private static final int ALIGNMENT = 64;

  private final TableContent content;
  private final List<ColumnPayload> columns;
  private final Map<String, String> properties;

  ArrowFileWriter(TableContent content, Map<String, String> properties) {
    this.content = content;
    this.columns = content.columns();
    this.properties = properties;
  }

  /** The size of the file in bytes, give or take a few KiB of metadata. */
  long estimatedSize() {
    long size = 4096 + 512L * columns.size();
    for (ColumnPayload column : columns) {
      size += isLate(column) ? aligned(content.rows() / Byte.SIZE + 1) : 0;
      for (Bytes buffer : column.buffers()) {
        size += aligned(buffer.size());
      }
      if (column.dictionary() != null) {
        size += aligned(column.dictionary().offsets().size());
        size += aligned(column.dictionary().text().size());
      }
    }
    return size;
  }

  void writeTo(FileChannel file) throws IOException {
    var out = new Appender(file, 0);
    out.write(ByteBuffer.allocate(8).put(MAGIC).rewind());
    out.message(ArrowMetadata.schemaMessage(columns, allProperties()), 0);

    var dictionaries = new ArrayList<ArrowMetadata.Placed>();
    for (int id = 0; id < columns.size(); id++) {
      ColumnPayload.Dictionary dictionary = columns.get(id).dictionary();
      if (dictionary != null) {
        var body = new Body(List.of(Bytes.NONE, dictionary.offsets(), dictionary.text()));
        dictionaries.add(
            out.message(
                ArrowMetadata.dictionaryBatch(id, dictionary.entries(), body.slices, body.length),
                body.length));
        out.body(body);
      }
    }

    var batch = recordBatch(out, file);

    out.write(littleEndian(8).putInt(CONTINUATION).putInt(0).flip());
    ByteBuffer footer =
        ArrowMetadata.footer(columns, allProperties(), dictionaries, List.of(batch));
    int footerLength = footer.remaining();
    out.write(footer);
    out.write(littleEndian(4 + MAGIC.length).putInt(footerLength).put(MAGIC).flip());
  }

  /**
   * The batch's header comes first in the file and is written last: what is missing in a column may
   * be found while its values are written. Such bitmaps lie behind all other buffers.
   */
  private ArrowMetadata.Placed recordBatch(Appender out, FileChannel file) throws IOException {
    var body = new Body(columns.stream().flatMap(c -> c.buffers().stream()).toList());
    long header = out.position;
    out.message(recordBatch(columns, body.slices, body.length), 0);
    long start = out.position;
    content.writeBuffers(file, out.place(body));

    List<ColumnPayload> written = content.columns();
    int buffer = 0;
    for (int i = 0; i < columns.size(); i++) {
      if (isLate(columns.get(i))) {
        Bytes bitmap = written.get(i).buffers().getFirst();
        body.slices.set(buffer, new ArrowMetadata.Slice(out.position - start, bitmap.size()));
        out.body(new Body(List.of(bitmap)));
      }
      buffer += columns.get(i).buffers().size();
    }
    long length = out.position - start;
    return new Appender(file, header).message(recordBatch(written, body.slices, length), length);
  }

  /** Of the same size whatever the numbers are. */
  private ByteBuffer recordBatch(
      List<ColumnPayload> columns, List<ArrowMetadata.Slice> slices, long length) {
    return ArrowMetadata.recordBatch(content.rows(), columns, slices, length);
  }

  private static boolean isLate(ColumnPayload column) {
    return column.missing() == ColumnPayload.UNKNOWN;
  }

  private Map<String, String> allProperties() {
    Map<String, String> all = new HashMap<>(content.properties());
    all.putAll(properties);
    return all;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** The buffers of one message, each with its place. */
  private static final class Body {
    final List<Bytes> buffers;
    final List<ArrowMetadata.Slice> slices = new ArrayList<>();
    final long length;

    Body(List<Bytes> buffers) {
      this.buffers = buffers;
      long at = 0;
      for (Bytes buffer : buffers) {
        slices.add(new ArrowMetadata.Slice(at, buffer.size()));
        at += aligned(buffer.size());
      }
      length = at;
    }
  }

  /** Keeps the write position, and pads. */
  private static final class Appender {
    private final FileChannel file;
    private long position;

    Appender(FileChannel file, long position) {
      this.file = file;
      this.position = position;
    }

    void write(ByteBuffer bytes) throws IOException {
      int length = bytes.remaining();
      Bytes.writeFully(file, bytes, position);
      position += length;
    }

    /** Writes a message's metadata, padded so that what follows is aligned. */
    ArrowMetadata.Placed message(ByteBuffer metadata, long bodyLength) throws IOException {
      long start = position;
      int prefix = 2 * Integer.BYTES;
      int length = (int) (aligned(start + prefix + metadata.remaining()) - start);
      ByteBuffer block = littleEndian(length);
      block.putInt(CONTINUATION).putInt(length - prefix).put(metadata).rewind();
      write(block);
      return new ArrowMetadata.Placed(start, length, bodyLength);
    }

    /** Writes a body. */
    void body(Body body) throws IOException {
      long[] positions = place(body);
      for (int i = 0; i < positions.length; i++) {
        body.buffers.get(i).writeTo(file, positions[i]);
      }
    }

    /** Claims the place of a body; its buffers may be written in any order. */
    long[] place(Body body) throws IOException {
      long start = position;
      position += body.length;
      if (body.length > 0) {
        // The last buffer's padding must exist in the file even when nothing follows it.
        Bytes.writeFully(file, ByteBuffer.allocate(1), position - 1);
      }
      return body.slices.stream().mapToLong(slice -> start + slice.offset()).toArray();
    }
  }
}
