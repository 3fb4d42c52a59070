package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a mapped Arrow IPC file that this store wrote.
 *
 * <p>Nothing is copied. Each length and offset is checked against the file before it is used; what
 * does not fit ends in a {@link StoreException} that names the file.
 */
final class ArrowFileReader {
  private static final int TRAILER = Integer.BYTES + ArrowFileWriter.MAGIC.length;

  private final Path path;
  private final MemorySegment file;

  /** What a file holds. */
  record Content(long rows, List<StoredColumn> columns, Map<String, String> properties) {}

  ArrowFileReader(Path path, MemorySegment file) {
    this.path = path;
    this.file = file;
  }

  Content read() {
    try {
      return readChecked();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // Flatbuffers has no verifier in Java; a damaged offset shows up as any of a dozen
      // exceptions.
      throw damaged("its metadata cannot be read", e);
    }
  }

  private Content readChecked() {
    Footer footer = footer();
    Schema schema = present(footer.schema(), "schema");
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      put(properties, schema.customMetadata(i));
    }
    if (!properties.containsKey(TableFile.ID)) {
      throw new StoreException(
          path
              + " is an Arrow file, but not one that Trestle wrote; read it with a library for"
              + " Arrow files and share the table");
    }
    if (footer.recordBatchesLength() != 1) {
      throw damaged("it has " + footer.recordBatchesLength() + " record batches, not 1", null);
    }
    Map<Long, StoredColumn.Dictionary> dictionaries = dictionaries(footer);
    Block block = present(footer.recordBatches(0), "record batch");
    RecordBatch batch =
        (RecordBatch)
            present(message(block, MessageHeader.RecordBatch).header(new RecordBatch()), "batch");
    MemorySegment body = body(block);
    long rows = batch.length();
    if (rows < 0) {
      throw damaged("it says it has " + rows + " rows", null);
    }

    var columns = new ArrayList<StoredColumn>(); // not presized: the length may be damaged;
    int buffer = 0;
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = present(schema.fields(i), "field");
      ColumnKind kind = kind(field);
      int buffers = kind == ColumnKind.TEXT ? 3 : 2;
      var segments = new ArrayList<MemorySegment>(buffers);
      for (int b = 0; b < buffers; b++) {
        segments.add(slice(batch, buffer++, body));
      }
      StoredColumn.@Nullable Dictionary dictionary = null;
      if (kind == ColumnKind.STRING) {
        dictionary = dictionary(field, dictionaries);
      }
      var column =
          new StoredColumn(
              Objects.requireNonNullElse(field.name(), ""),
              kind,
              present(batch.nodes(i), "node").nullCount(),
              segments,
              dictionary);
      checkSizes(column, rows);
      columns.add(column);
    }
    return new Content(rows, List.copyOf(columns), Map.copyOf(properties));
  }

  private Footer footer() {
    long size = file.byteSize();
    byte[] magic = ArrowFileWriter.MAGIC;
    if (size < magic.length + 2L + TRAILER
        || file.mismatch(MemorySegment.ofArray(magic)) != magic.length
        || file.asSlice(size - magic.length).mismatch(MemorySegment.ofArray(magic)) != -1) {
      throw damaged("it does not begin and end as an Arrow file does", null);
    }
    int length = file.get(Layouts.INT, size - TRAILER);
    if (length <= 0 || length > size - TRAILER) {
      throw damaged("its footer claims " + length + " bytes", null);
    }
    return Footer.getRootAsFooter(buffer(size - TRAILER - length, length));
  }

  private Map<Long, StoredColumn.Dictionary> dictionaries(Footer footer) {
    Map<Long, StoredColumn.Dictionary> dictionaries = new HashMap<>();
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      Block block = present(footer.dictionaries(i), "dictionary block");
      var header =
          (DictionaryBatch)
              present(
                  message(block, MessageHeader.DictionaryBatch).header(new DictionaryBatch()),
                  "dictionary");
      RecordBatch batch = present(header.data(), "dictionary values");
      MemorySegment body = body(block);
      int entries = Math.toIntExact(batch.length());
      MemorySegment offsets = slice(batch, 1, body);
      MemorySegment text = slice(batch, 2, body);
      checkOffsets("a dictionary", offsets, entries, text);
      dictionaries.put(header.id(), new StoredColumn.Dictionary(0, entries, offsets, text));
    }
    return dictionaries;
  }

  private StoredColumn.Dictionary dictionary(
      Field field, Map<Long, StoredColumn.Dictionary> dictionaries) {
    var encoding = present(field.dictionary(), "dictionary encoding of " + field.name());
    StoredColumn.Dictionary dictionary =
        present(dictionaries.get(encoding.id()), "dictionary of " + field.name());
    Int index = present(encoding.indexType(), "index type of " + field.name());
    int width = index.bitWidth() / Byte.SIZE;
    if (width != 1 && width != 2 && width != 4) {
      throw damaged("column '" + field.name() + "' has codes of " + width + " bytes", null);
    }
    return new StoredColumn.Dictionary(
        width, dictionary.entries(), dictionary.offsets(), dictionary.text());
  }

  private ColumnKind kind(Field field) {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < field.customMetadataLength(); i++) {
      put(metadata, field.customMetadata(i));
    }
    String kind = present(metadata.get(ArrowMetadata.KIND_KEY), "kind of " + field.name());
    try {
      return ColumnKind.valueOf(kind);
    } catch (IllegalArgumentException e) {
      throw damaged("column '" + field.name() + "' is of kind '" + kind + "'", e);
    }
  }

  private static void put(Map<String, String> map, @Nullable KeyValue entry) {
    if (entry != null && entry.key() != null && entry.value() != null) {
      map.put(entry.key(), entry.value());
    }
  }

  private void checkSizes(StoredColumn column, long rows) {
    long bits = (rows + Byte.SIZE - 1) / Byte.SIZE;
    if (column.missing() != 0 && column.validity().byteSize() < bits) {
      throw damaged("the validity bitmap of '" + column.name() + "' is too short", null);
    }
    long wanted =
        switch (column.kind()) {
          case BOOLEAN -> bits;
          case STRING -> Math.multiplyExact(rows, present(column.dictionary(), "").codeWidth());
          case TEXT -> Math.multiplyExact(rows + 1, Long.BYTES);
          default -> Math.multiplyExact(rows, column.kind().width());
        };
    if (column.values().byteSize() < wanted) {
      throw damaged(
          "column '%s' has %d bytes for %d rows"
              .formatted(column.name(), column.values().byteSize(), rows),
          null);
    }
    if (column.kind() == ColumnKind.TEXT) {
      checkOffsets("'" + column.name() + "'", column.values(), rows, column.text());
    }
  }

  private void checkOffsets(String what, MemorySegment offsets, long entries, MemorySegment text) {
    if (offsets.byteSize() < (entries + 1) * Long.BYTES
        || offsets.get(Layouts.LONG, 0) != 0
        || offsets.get(Layouts.LONG, entries * Long.BYTES) > text.byteSize()) {
      throw damaged("the offsets of " + what + " do not fit its text", null);
    }
  }

  private Message message(Block block, byte headerType) {
    int prefix = 2 * Integer.BYTES;
    Message message =
        Message.getRootAsMessage(buffer(block.offset() + prefix, block.metaDataLength() - prefix));
    if (message.headerType() != headerType) {
      throw damaged("a message is of type " + message.headerType(), null);
    }
    return message;
  }

  private MemorySegment body(Block block) {
    return file.asSlice(block.offset() + block.metaDataLength(), block.bodyLength());
  }

  private MemorySegment slice(RecordBatch batch, int buffer, MemorySegment body) {
    var slice = present(batch.buffers(buffer), "buffer " + buffer);
    return body.asSlice(slice.offset(), slice.length());
  }

  private ByteBuffer buffer(long offset, long length) {
    return file.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private <T> T present(@Nullable T part, String what) {
    if (part == null) {
      throw damaged("its " + what + " is missing", null);
    }
    return part;
  }

  private StoreException damaged(String how, @Nullable Throwable cause) {
    String message =
        path + " is damaged: " + how + ". Drop the table and share it again from its source";
    return cause == null ? new StoreException(message) : new StoreException(message, cause);
  }
}
