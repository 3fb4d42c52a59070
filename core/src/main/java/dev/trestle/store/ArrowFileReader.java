package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a mapped Arrow IPC file, whoever wrote it.
 *
 * <p>Nothing is copied. Each length and offset is checked against the file before it is used; what
 * does not fit ends in a {@link StoreException} that names the file. In a file of unknown origin
 * that goes for each row: offsets, views and codes of values that are not missing are known to be
 * good afterwards. In a file of this store only the ends of offsets are looked at, so that
 * attaching takes no longer for more rows; a damaged one then ends in an {@link
 * IndexOutOfBoundsException} when the row is read, as every access to a segment is bounds-checked.
 * Nothing is allocated for which the file has no bytes.
 */
final class ArrowFileReader {
  private final ArrowSource source;
  private final ArrowFooter footer;
  private final long rows;

  /** One list a batch, one entry a field. */
  private final List<List<RawColumn>> batches = new ArrayList<>();

  private final Map<Long, DictionaryPieces> dictionaries = new HashMap<>();
  private final Fits fits = new Fits(this);

  /**
   * Reads all metadata; rows are looked at when their column is asked for.
   *
   * @throws StoreException if it is no Arrow IPC file, or a damaged one
   */
  ArrowFileReader(ArrowSource source) {
    this.source = source;
    this.footer = source.checked(() -> new FooterReader(source).read());
    this.rows = source.checked(this::readBatches);
  }

  private long readBatches() {
    checkBlocks();
    for (ArrowMetadata.Placed block : footer.dictionaries()) {
      addDictionary(ArrowBatch.readDictionary(source, block));
    }
    long sum = 0;
    for (ArrowMetadata.Placed block : footer.batches()) {
      ArrowBatch batch = ArrowBatch.read(source, block);
      batches.add(batch.columns(footer.fields()));
      sum += batch.rows();
      if (sum > ArrowBatch.MOST_ROWS) {
        throw source.damaged("it says it has more than %,d rows".formatted(ArrowBatch.MOST_ROWS));
      }
    }
    return sum;
  }

  /** Messages that overlap could make a small file as long to look at as a large one. */
  private void checkBlocks() {
    long together = 0;
    for (var blocks : List.of(footer.dictionaries(), footer.batches())) {
      for (ArrowMetadata.Placed block : blocks) {
        if (block.offset() < 0 || block.metadataLength() <= 0 || block.bodyLength() < 0) {
          throw source.damaged("a message lies nowhere: " + block);
        }
        together =
            Math.addExact(together, Math.addExact(block.metadataLength(), block.bodyLength()));
        if (together > source.bytes().byteSize()) {
          throw source.damaged("its messages are longer than the file");
        }
      }
    }
  }

  private void addDictionary(ArrowBatch.OfDictionary batch) {
    ArrowField field = userOf(batch.id(), footer.fields());
    if (field == null
        || field.type() instanceof ArrowType.Other
        || field.type() instanceof ArrowType.RunEnds) {
      return; // of a column that is refused
    }
    var plain = new ArrowField(field.name(), field.type(), null, List.of(), field.ours());
    RawColumn values = batch.values().columns(List.of(plain)).getFirst();
    DictionaryPieces known = dictionaries.get(batch.id());
    if (known == null) {
      known = new DictionaryPieces(source, plain, new ArrayList<>());
      dictionaries.put(batch.id(), known);
    } else if (!batch.isDelta()) {
      throw source.damaged(
          "it replaces the dictionary of column '%s', which a file may not"
              .formatted(field.name()));
    }
    known.pieces().add(values);
  }

  private static @Nullable ArrowField userOf(long dictionary, List<ArrowField> fields) {
    for (ArrowField field : fields) {
      ArrowField values = field.values();
      if (values.dictionary() != null && values.dictionary().id() == dictionary) {
        return values;
      }
    }
    return null;
  }

  ArrowSource source() {
    return source;
  }

  long rows() {
    return rows;
  }

  List<ArrowField> fields() {
    return footer.fields();
  }

  Map<String, String> properties() {
    return footer.properties();
  }

  /** The parts of one column, batch by batch. */
  List<RawColumn> batchesOf(int field) {
    return batches.stream().map(batch -> batch.get(field)).toList();
  }

  /** The dictionary of a field that is encoded with one. */
  DictionaryPieces dictionary(ArrowField field) {
    DictionaryPieces known = dictionaries.get(Codes.dictionary(field));
    if (known == null) {
      throw source.damaged("column '%s' has no dictionary".formatted(field.name()));
    }
    if (!known.field().type().equals(field.type())) {
      throw source.damaged(
          "the columns '%s' and '%s' share a dictionary, and differ in type"
              .formatted(field.name(), known.field().name()));
    }
    return known;
  }

  /** How a column can be read. */
  Fit fit(int index) {
    return source.checked(() -> fits.fit(index));
  }

  /**
   * A column, read where it lies: one chunk a batch that has rows, or a single one without any.
   *
   * @throws StoreException if that cannot be, or the file is damaged
   */
  StoredColumn inPlace(int index) {
    ArrowField field = fields().get(index);
    if (!(fit(index) instanceof Fit.InPlace(ColumnKind kind))) {
      throw source.damaged(
          "column '%s' of type %s is not as this store writes it"
              .formatted(field.name(), field.typeName()));
    }
    return source.checked(() -> new StoredColumn(field.name(), kind, chunks(index, field, kind)));
  }

  private List<Chunk> chunks(int index, ArrowField field, ColumnKind kind) {
    var reader = new ChunkReader(source, field);
    if (rows == 0) {
      return List.of(empty(kind));
    }
    StoredText entries = kind == ColumnKind.STRING ? dictionary(field).only() : null;
    List<Chunk> chunks = new ArrayList<>();
    for (RawColumn raw : batchesOf(index)) {
      if (raw.rows() > 0) {
        chunks.add(
            entries != null
                ? reader.codes(raw, Codes.type(field).bits() / Byte.SIZE, entries)
                : field.type() instanceof ArrowType.Text text
                    ? reader.text(raw, text.layout())
                    : reader.values(raw, kind));
      }
    }
    return chunks;
  }

  private static Chunk empty(ColumnKind kind) {
    MemorySegment none = MemorySegment.NULL;
    return switch (kind) {
      case STRING -> new Chunk.Codes(0, 0, true, none, none, 1, StoredText.NONE);
      case TEXT -> new Chunk.Text(0, 0, true, none, StoredText.NONE);
      default -> new Chunk.Values(0, 0, true, none, none);
    };
  }

  /** All columns, read where they lie. */
  List<StoredColumn> allInPlace() {
    return IntStream.range(0, fields().size()).mapToObj(this::inPlace).toList();
  }
}
