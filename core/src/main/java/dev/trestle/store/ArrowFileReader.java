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
    Map<Long, StoredText> dictionaries = dictionaries(footer);
    Block block = present(footer.recordBatches(0), "record batch");
    RecordBatch batch =
        (RecordBatch)
            present(message(block, MessageHeader.RecordBatch).header(new RecordBatch()), "batch");
    MemorySegment body = body(block);
    long rows = batch.length();
    if (rows < 0) {
      throw damaged("it says it has " + rows + " rows", null);
    }

    var columns = new ArrayList<StoredColumn>(); // not presized: the length may be damaged
    int buffer = 0;
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = present(schema.fields(i), "field");
      String name = Objects.requireNonNullElse(field.name(), "");
      ColumnKind kind = kind(field);
      long missing = present(batch.nodes(i), "node").nullCount();
      MemorySegment validity = slice(batch, buffer++, body);
      MemorySegment values = slice(batch, buffer++, body);
      checkSize("the validity bitmap of '" + name + "'", validity, missing == 0 ? 0 : bits(rows));
      Chunk chunk =
          switch (kind) {
            case STRING -> {
              int width = codeWidth(field);
              checkSize("'" + name + "'", values, Math.multiplyExact(rows, width));
              StoredText entries = dictionary(field, dictionaries);
              yield new Chunk.Codes(rows, missing, true, validity, values, width, entries);
            }
            case TEXT -> {
              StoredText text = text("'" + name + "'", rows, values, slice(batch, buffer++, body));
              yield new Chunk.Text(rows, missing, true, validity, text);
            }
            case BOOLEAN -> {
              checkSize("'" + name + "'", values, bits(rows));
              yield new Chunk.Values(rows, missing, true, validity, values);
            }
            default -> {
              checkSize("'" + name + "'", values, Math.multiplyExact(rows, kind.width()));
              yield new Chunk.Values(rows, missing, true, validity, values);
            }
          };
      columns.add(new StoredColumn(name, kind, List.of(chunk)));
    }
    return new Content(rows, List.copyOf(columns), Map.copyOf(properties));
  }

  private Footer footer() {
    long size = file.byteSize();
    byte[] magic = ArrowFileWriter.MAGIC;
    if (size < magic.length + 2L + TRAILER
        || !MappedBytes.equal(file.asSlice(0, magic.length), MemorySegment.ofArray(magic))
        || !MappedBytes.equal(file.asSlice(size - magic.length), MemorySegment.ofArray(magic))) {
      throw damaged("it does not begin and end as an Arrow file does", null);
    }
    int length = file.get(Layouts.INT, size - TRAILER);
    if (length <= 0 || length > size - TRAILER) {
      throw damaged("its footer claims " + length + " bytes", null);
    }
    return Footer.getRootAsFooter(buffer(size - TRAILER - length, length));
  }

  private Map<Long, StoredText> dictionaries(Footer footer) {
    Map<Long, StoredText> dictionaries = new HashMap<>();
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      Block block = present(footer.dictionaries(i), "dictionary block");
      var header =
          (DictionaryBatch)
              present(
                  message(block, MessageHeader.DictionaryBatch).header(new DictionaryBatch()),
                  "dictionary");
      RecordBatch batch = present(header.data(), "dictionary values");
      MemorySegment body = body(block);
      dictionaries.put(
          header.id(),
          text("a dictionary", batch.length(), slice(batch, 1, body), slice(batch, 2, body)));
    }
    return dictionaries;
  }

  private StoredText dictionary(Field field, Map<Long, StoredText> dictionaries) {
    var encoding = present(field.dictionary(), "dictionary encoding of " + field.name());
    return present(dictionaries.get(encoding.id()), "dictionary of " + field.name());
  }

  private int codeWidth(Field field) {
    var encoding = present(field.dictionary(), "dictionary encoding of " + field.name());
    Int index = present(encoding.indexType(), "index type of " + field.name());
    int width = index.bitWidth() / Byte.SIZE;
    if (width != 1 && width != 2 && width != 4) {
      throw damaged("column '" + field.name() + "' has codes of " + width + " bytes", null);
    }
    return width;
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

  private static long bits(long rows) {
    return (rows + Byte.SIZE - 1) / Byte.SIZE;
  }

  private void checkSize(String what, MemorySegment found, long wanted) {
    if (found.byteSize() < wanted) {
      throw damaged(
          "%s has %,d bytes and needs %,d".formatted(what, found.byteSize(), wanted), null);
    }
  }

  private StoredText text(String what, long size, MemorySegment offsets, MemorySegment text) {
    if (size < 0
        || offsets.byteSize() < (size + 1) * Long.BYTES
        || offsets.get(Layouts.LONG, 0) != 0
        || offsets.get(Layouts.LONG, size * Long.BYTES) > text.byteSize()) {
      throw damaged("the offsets of " + what + " do not fit its text", null);
    }
    return new StoredText(size, StoredText.Layout.OFFSETS_64, offsets, List.of(text));
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
