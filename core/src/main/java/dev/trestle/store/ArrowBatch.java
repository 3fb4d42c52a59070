package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** A record batch, or the values of a dictionary: its buffers, column by column. */
final class ArrowBatch {
  /** So that rows times a width in bits does not overflow. */
  static final long MOST_ROWS = 1L << 48;

  private final ArrowSource source;
  private final RecordBatch header;
  private final MemorySegment body;
  private final Codec codec;
  private int node;
  private int buffer;
  private int view;

  private ArrowBatch(ArrowSource source, RecordBatch header, MemorySegment body) {
    this.source = source;
    this.header = header;
    this.body = body;
    this.codec = codec(header.compression());
    checkApart();
  }

  /** A dictionary's values, and which dictionary they belong to. */
  record OfDictionary(long id, boolean isDelta, ArrowBatch values) {}

  static ArrowBatch read(ArrowSource source, ArrowMetadata.Placed block) {
    Message message = message(source, block);
    if (!(message.headerType() == MessageHeader.RecordBatch
        && message.header(new RecordBatch()) instanceof RecordBatch header)) {
      throw source.damaged("a message is of type %d, not a batch".formatted(message.headerType()));
    }
    return new ArrowBatch(source, header, body(source, block));
  }

  static OfDictionary readDictionary(ArrowSource source, ArrowMetadata.Placed block) {
    Message message = message(source, block);
    if (!(message.headerType() == MessageHeader.DictionaryBatch
        && message.header(new DictionaryBatch()) instanceof DictionaryBatch header)) {
      throw source.damaged(
          "a message is of type %d, not a dictionary".formatted(message.headerType()));
    }
    RecordBatch values = Objects.requireNonNull(header.data(), "values of a dictionary");
    return new OfDictionary(
        header.id(), header.isDelta(), new ArrowBatch(source, values, body(source, block)));
  }

  private static Message message(ArrowSource source, ArrowMetadata.Placed block) {
    // Before Arrow 0.15 the length came without a continuation mark.
    boolean marked =
        source.bytes().get(Layouts.INT, block.offset()) == ArrowFileWriter.CONTINUATION;
    int prefix = marked ? 2 * Integer.BYTES : Integer.BYTES;
    ByteBuffer metadata =
        source.buffer(block.offset() + prefix, (long) block.metadataLength() - prefix);
    return Message.getRootAsMessage(metadata);
  }

  private static MemorySegment body(ArrowSource source, ArrowMetadata.Placed block) {
    return source.bytes().asSlice(block.offset() + block.metadataLength(), block.bodyLength());
  }

  private Codec codec(@Nullable BodyCompression compression) {
    if (compression == null) {
      return Codec.NONE;
    }
    if (compression.method() != BodyCompressionMethod.BUFFER) {
      throw source.damaged("its compression method is %d".formatted(compression.method()));
    }
    return switch (compression.codec()) {
      case CompressionType.LZ4_FRAME -> Codec.LZ4_FRAME;
      case CompressionType.ZSTD -> Codec.ZSTD;
      default -> throw source.damaged("its compression is %d".formatted(compression.codec()));
    };
  }

  /**
   * Checks that the buffers lie in the body and, by their lengths, beside each other: a thousand
   * columns in one and the same gigabyte would be looked at a thousand times.
   */
  private void checkApart() {
    long together = 0;
    for (int i = 0; i < header.buffersLength(); i++) {
      together += slice(i).byteSize();
      if (together > body.byteSize()) {
        throw source.damaged("the buffers of a batch overlap");
      }
    }
    if (header.length() < 0 || header.length() > MOST_ROWS) {
      throw source.damaged("a batch says it has %,d rows".formatted(header.length()));
    }
  }

  /** How many rows. */
  long rows() {
    return header.length();
  }

  /** The columns of a schema; to be asked for once. */
  List<RawColumn> columns(List<ArrowField> fields) {
    var columns = new ArrayList<RawColumn>();
    for (ArrowField field : fields) {
      RawColumn column = next(field);
      if (column.rows() != rows()) {
        throw source.damaged(
            "column '%s' has %,d rows in a batch of %,d"
                .formatted(field.name(), column.rows(), rows()));
      }
      columns.add(column);
    }
    return columns;
  }

  /** Buffers lie in the order of the schema, each field before those inside of it. */
  private RawColumn next(ArrowField field) {
    Objects.checkIndex(node, header.nodesLength());
    FieldNode claims = Objects.requireNonNull(header.nodes(node++), "node");
    long count = field.buffers();
    if (field.hasViews()) {
      Objects.checkIndex(view, header.variadicBufferCountsLength());
      count += header.variadicBufferCounts(view++);
    }
    Objects.checkFromIndexSize(buffer, count, header.buffersLength());
    var buffers = new ArrayList<MemorySegment>();
    for (long i = 0; i < count; i++) {
      buffers.add(slice(buffer++));
    }
    var children = new ArrayList<RawColumn>();
    if (field.dictionary() == null) {
      field.children().forEach(child -> children.add(next(child)));
    }
    return new RawColumn(claims.length(), claims.nullCount(), codec, buffers, children);
  }

  private MemorySegment slice(int index) {
    Buffer place = Objects.requireNonNull(header.buffers(index), "buffer");
    return body.asSlice(place.offset(), place.length());
  }
}
