package dev.trestle.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Takes a footer out of its flatbuffer.
 *
 * <p>Flatbuffers has no verifier in Java. Every access is bounds-checked, so a damaged offset ends
 * in an exception or in other values; but one may also point backwards, and a small file describe
 * an endless schema. Hence the limits: a schema has no more parts than its bytes have room for.
 */
final class FooterReader {
  private static final int DEEPEST = 64; // fields inside fields

  private final ArrowSource source;
  private final ByteBuffer flatbuffer;
  private long partsLeft;
  private long textLeft;
  private short version;

  FooterReader(ArrowSource source) {
    this.source = source;
    this.flatbuffer = source.footer();
    this.partsLeft = flatbuffer.remaining() / Integer.BYTES;
    this.textLeft = flatbuffer.remaining();
  }

  ArrowFooter read() {
    Footer footer = Footer.getRootAsFooter(flatbuffer);
    version = footer.version();
    if (version != MetadataVersion.V4 && version != MetadataVersion.V5) {
      throw source.damaged("it is of metadata version %d, not 4 or 5".formatted(version + 1));
    }
    Schema schema = present(footer.schema(), "schema");
    if (schema.endianness() != Endianness.Little) {
      throw new StoreException(
          source.path()
              + " is big-endian; it cannot be mapped on this machine. Read it and write it anew on"
              + " a little-endian one");
    }
    var fields = new ArrayList<ArrowField>(); // not presized: the length may be damaged
    for (int i = 0; i < schema.fieldsLength(); i++) {
      fields.add(field(present(schema.fields(i), "field"), 0));
    }
    return new ArrowFooter(fields, properties(schema), blocks(footer, true), blocks(footer, false));
  }

  private Map<String, String> properties(Schema schema) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      put(properties, schema.customMetadata(i));
    }
    return properties;
  }

  private List<ArrowMetadata.Placed> blocks(Footer footer, boolean ofDictionaries) {
    var placed = new ArrayList<ArrowMetadata.Placed>();
    int count = ofDictionaries ? footer.dictionariesLength() : footer.recordBatchesLength();
    for (int i = 0; i < count; i++) {
      Block block =
          present(ofDictionaries ? footer.dictionaries(i) : footer.recordBatches(i), "block");
      placed.add(
          new ArrowMetadata.Placed(block.offset(), block.metaDataLength(), block.bodyLength()));
    }
    return placed;
  }

  private ArrowField field(Field field, int depth) {
    part();
    if (depth > DEEPEST) {
      throw source.damaged("its columns lie more than %d deep".formatted(DEEPEST));
    }
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < field.customMetadataLength(); i++) {
      put(metadata, field.customMetadata(i));
    }
    var children = new ArrayList<ArrowField>();
    for (int i = 0; i < field.childrenLength(); i++) {
      children.add(field(present(field.children(i), "field"), depth + 1));
    }
    String name = text(field.name());
    return new ArrowField(
        name == null ? "" : name,
        ArrowTypes.of(field, version, this::text),
        encoding(field.dictionary()),
        List.copyOf(children),
        metadata.containsKey(ArrowMetadata.KIND_KEY));
  }

  private static ArrowField.@Nullable Encoding encoding(@Nullable DictionaryEncoding encoding) {
    if (encoding == null) {
      return null;
    }
    Int index = encoding.indexType();
    return new ArrowField.Encoding(
        encoding.id(),
        index == null
            ? new ArrowType.Int(Integer.SIZE, true) // the default in Schema.fbs
            : new ArrowType.Int(index.bitWidth(), index.isSigned()));
  }

  private void put(Map<String, String> map, @Nullable KeyValue entry) {
    part();
    if (entry != null) {
      String key = text(entry.key());
      String value = text(entry.value());
      if (key != null && value != null) {
        map.put(key, value);
      }
    }
  }

  private void part() {
    if (--partsLeft < 0) {
      throw source.damaged("its schema has more parts than bytes");
    }
  }

  private @Nullable String text(@Nullable String text) {
    textLeft -= text == null ? 0 : text.length();
    if (textLeft < 0) {
      throw source.damaged("its schema has more text than bytes");
    }
    return text;
  }

  private <T> T present(@Nullable T part, String what) {
    if (part == null) {
      throw source.damaged("its " + what + " is missing");
    }
    return part;
  }
}
