package dev.trestle.store;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.LargeUtf8;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/**
 * The flatbuffer parts of an Arrow IPC file: schema, batch headers, footer.
 *
 * <p>See "Serialization and Interprocess Communication (IPC)" in the Arrow columnar format
 * specification. Each method gives a finished flatbuffer.
 */
final class ArrowMetadata {
  /** Says that a missing value also has Tablesaw's sentinel in its value slot. */
  static final String KIND_KEY = "trestle.kind";

  private ArrowMetadata() {}

  /** Where one message lies in the file. */
  record Placed(long offset, int metadataLength, long bodyLength) {}

  /** A buffer's place in its message's body. */
  record Slice(long offset, long length) {}

  /** The schema message that opens the file. */
  static ByteBuffer schemaMessage(List<ColumnPayload> columns, Map<String, String> properties) {
    var builder = new FlatBufferBuilder(1024);
    int schema = schema(builder, columns, properties);
    return message(builder, MessageHeader.Schema, schema, 0);
  }

  static ByteBuffer recordBatch(
      long rows, List<ColumnPayload> columns, List<Slice> buffers, long bodyLength) {
    var builder = new FlatBufferBuilder(1024);
    int batch =
        batch(builder, rows, columns.stream().mapToLong(ColumnPayload::missing).toArray(), buffers);
    return message(builder, MessageHeader.RecordBatch, batch, bodyLength);
  }

  static ByteBuffer dictionaryBatch(int id, long entries, List<Slice> buffers, long bodyLength) {
    var builder = new FlatBufferBuilder(256);
    int batch = batch(builder, entries, new long[] {0}, buffers);
    int dictionary = DictionaryBatch.createDictionaryBatch(builder, id, batch, false);
    return message(builder, MessageHeader.DictionaryBatch, dictionary, bodyLength);
  }

  static ByteBuffer footer(
      List<ColumnPayload> columns,
      Map<String, String> properties,
      List<Placed> dictionaries,
      List<Placed> batches) {
    var builder = new FlatBufferBuilder(1024);
    int schema = schema(builder, columns, properties);
    Footer.startDictionariesVector(builder, dictionaries.size());
    int dictionaryBlocks = blocks(builder, dictionaries);
    Footer.startRecordBatchesVector(builder, batches.size());
    int batchBlocks = blocks(builder, batches);
    builder.finish(
        Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaryBlocks, batchBlocks, 0));
    return builder.dataBuffer();
  }

  /** Fills a vector that was just started; flatbuffers are built from the back. */
  private static int blocks(FlatBufferBuilder builder, List<Placed> placed) {
    for (Placed block : placed.reversed()) {
      Block.createBlock(builder, block.offset, block.metadataLength, block.bodyLength);
    }
    return builder.endVector();
  }

  private static ByteBuffer message(
      FlatBufferBuilder builder, byte headerType, int header, long bodyLength) {
    builder.finish(
        Message.createMessage(builder, MetadataVersion.V5, headerType, header, bodyLength, 0));
    return builder.dataBuffer();
  }

  private static int batch(
      FlatBufferBuilder builder, long rows, long[] missing, List<Slice> buffers) {
    RecordBatch.startNodesVector(builder, missing.length);
    for (int i = missing.length - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, rows, missing[i]);
    }
    int nodes = builder.endVector();
    RecordBatch.startBuffersVector(builder, buffers.size());
    for (Slice slice : buffers.reversed()) {
      Buffer.createBuffer(builder, slice.offset, slice.length);
    }
    int slices = builder.endVector();
    return RecordBatch.createRecordBatch(builder, rows, nodes, slices, 0, 0);
  }

  private static int schema(
      FlatBufferBuilder builder, List<ColumnPayload> columns, Map<String, String> properties) {
    int[] fields = new int[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field(builder, columns.get(i), i);
    }
    int fieldVector = Schema.createFieldsVector(builder, fields);
    int metadata = Schema.createCustomMetadataVector(builder, keyValues(builder, properties));
    return Schema.createSchema(builder, Endianness.Little, fieldVector, metadata, 0);
  }

  private static int field(FlatBufferBuilder builder, ColumnPayload column, int dictionaryId) {
    int name = builder.createString(column.name());
    int type = type(builder, column.kind());
    int encoding = 0;
    if (column.dictionary() != null) {
      int index = Int.createInt(builder, column.dictionary().codeWidth() * Byte.SIZE, true);
      encoding =
          DictionaryEncoding.createDictionaryEncoding(
              builder, dictionaryId, index, false, DictionaryKind.DenseArray);
    }
    int metadata =
        Field.createCustomMetadataVector(
            builder, keyValues(builder, Map.of(KIND_KEY, column.kind().name())));
    int children = Field.createChildrenVector(builder, new int[0]);
    return Field.createField(
        builder, name, true, typeId(column.kind()), type, encoding, children, metadata);
  }

  private static int[] keyValues(FlatBufferBuilder builder, Map<String, String> properties) {
    return properties.entrySet().stream()
        .mapToInt(e ->
            KeyValue.createKeyValue(
                builder, builder.createString(e.getKey()), builder.createString(e.getValue())))
        .toArray();
  }

  private static byte typeId(ColumnKind kind) {
    return switch (kind) {
      case SHORT, INT, LONG -> Type.Int;
      case FLOAT, DOUBLE -> Type.FloatingPoint;
      case BOOLEAN -> Type.Bool;
      case STRING, TEXT -> Type.LargeUtf8;
      case DATE -> Type.Date;
      case TIME -> Type.Time;
      case DATE_TIME, INSTANT -> Type.Timestamp;
    };
  }

  private static int type(FlatBufferBuilder builder, ColumnKind kind) {
    return switch (kind) {
      case SHORT, INT, LONG -> Int.createInt(builder, kind.width() * Byte.SIZE, true);
      case FLOAT -> FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
      case DOUBLE -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
      case BOOLEAN -> {
        Bool.startBool(builder);
        yield Bool.endBool(builder);
      }
      case STRING, TEXT -> {
        LargeUtf8.startLargeUtf8(builder);
        yield LargeUtf8.endLargeUtf8(builder);
      }
      case DATE -> Date.createDate(builder, DateUnit.DAY);
      case TIME -> Time.createTime(builder, TimeUnit.MILLISECOND, Integer.SIZE);
      case DATE_TIME -> Timestamp.createTimestamp(builder, TimeUnit.MILLISECOND, 0);
      case INSTANT ->
          Timestamp.createTimestamp(builder, TimeUnit.MILLISECOND, builder.createString("UTC"));
    };
  }
}
