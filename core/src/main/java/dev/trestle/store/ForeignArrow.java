package dev.trestle.store;

import dev.trestle.memory.ByteSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An Arrow IPC file of somebody else on its way into the store.
 *
 * <p>Columns that Tablesaw can read as they lie stay in the file; what is written to the store are
 * the others, converted, and where the file is. All of it is checked, each row of it, before that.
 * For one thread, which closes it.
 */
public final class ForeignArrow implements TableContent, AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final SourceStamp stamp;
  private final ArrowFileReader reader;
  private final List<ForeignHead.Column> columns = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();

  /** A column that is converted, and why. */
  private record Work(ConvertedColumn column, ColumnPayload payload, String why) {
    Conversion report() {
      long bytes = payload.buffers().stream().mapToLong(Bytes::size).sum();
      ColumnPayload.Dictionary dictionary = payload.dictionary();
      if (dictionary != null) {
        bytes += dictionary.offsets().size() + dictionary.text().size();
      }
      return new Conversion(
          payload.name(), column.field.typeName(), payload.kind(), why, bytes, column.seconds());
    }
  }

  /**
   * Opens a file, checks all of it, and finds out what must be converted.
   *
   * @param wanted the columns, in this order; none for all
   * @param scratch a folder for buffers on their way
   * @throws StoreException if it cannot be read or is damaged, or if a wanted column cannot be held
   *     by Tablesaw
   */
  public static ForeignArrow open(Path file, List<String> wanted, Path scratch) {
    if (Files.isDirectory(file)) {
      throw new StoreException(file.toAbsolutePath() + " is a folder, not a file");
    }
    try {
      return new ForeignArrow(file, wanted, scratch);
    } catch (NoSuchFileException e) {
      throw new StoreException("there is no file " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      if (Drafts.isForWantOfRoom(e)) {
        throw new StoreFullException(
            "%s has to be inflated, and there is no room for one more file in %s, which has %s free"
                .formatted(file, scratch, ByteSize.format(scratch.toFile().getUsableSpace())),
            e);
      }
      throw new StoreException("cannot map " + file + ": " + e, e);
    }
  }

  private ForeignArrow(Path file, List<String> wanted, Path scratch) throws IOException {
    try {
      stamp = SourceStamp.of(file);
      try (var channel = FileChannel.open(stamp.path(), StandardOpenOption.READ)) {
        MemorySegment mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, stamp.size(), arena);
        reader =
            new ArrowFileReader(new ArrowSource(stamp.path(), mapping, ArrowSource.Origin.UNKNOWN));
      }
      List<Integer> indexes = indexes(wanted);
      checkNames(indexes);
      List<Fit> fits = fits(indexes);
      Inflater inflater = new ScratchInflater(reader.source(), scratch);
      for (int i = 0; i < fits.size(); i++) {
        add(indexes.get(i), fits.get(i), inflater);
      }
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private void add(int index, Fit fit, Inflater inflater) throws IOException {
    String name = reader.fields().get(index).name();
    switch (fit) {
      case Fit.InPlace(ColumnKind kind) -> {
        reader.inPlace(index); // the rows are checked here
        columns.add(new ForeignHead.Column(true, index, kind, name));
      }
      case Fit.Converted(ColumnKind kind, String why) -> {
        var column = ConvertedColumn.of(reader, index, kind, inflater);
        columns.add(new ForeignHead.Column(false, works.size(), kind, name));
        works.add(new Work(column, column.payload(), why));
      }
      case Fit.Refused refused -> throw new IllegalArgumentException(refused.why());
    }
  }

  private List<Integer> indexes(List<String> wanted) {
    List<String> names = reader.fields().stream().map(ArrowField::name).toList();
    var indexes = new ArrayList<Integer>();
    for (String name : wanted) {
      int index = names.indexOf(name);
      if (index < 0) {
        throw new StoreException(
            "%s has no column '%s'; it has %s".formatted(stamp.path(), name, names));
      }
      indexes.add(index);
    }
    for (int i = 0; wanted.isEmpty() && i < names.size(); i++) {
      indexes.add(i);
    }
    return indexes;
  }

  /** Tablesaw finds columns by name, whatever the case. */
  private void checkNames(List<Integer> indexes) {
    Set<String> seen = new HashSet<>();
    for (int index : indexes) {
      String name = reader.fields().get(index).name();
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new StoreException(
            "%s has two columns named '%s', and a Tablesaw table cannot; name the ones you want"
                .formatted(stamp.path(), name));
      }
    }
  }

  private List<Fit> fits(List<Integer> indexes) {
    var fits = new ArrayList<Fit>();
    var refused = new ArrayList<String>();
    var rest = new ArrayList<String>();
    for (int index : indexes) {
      Fit fit = reader.fit(index);
      fits.add(fit);
      ArrowField field = reader.fields().get(index);
      if (fit instanceof Fit.Refused(String why)) {
        refused.add("'%s' of type %s (%s)".formatted(field.name(), field.typeName(), why));
      } else {
        rest.add(field.name());
      }
    }
    if (!refused.isEmpty()) {
      throw new StoreException(
          "%s has columns that cannot be read: %s; name the others to read those: %s"
              .formatted(stamp.path(), String.join(", ", refused), rest));
    }
    return fits;
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public List<ColumnPayload> columns() {
    return works.stream().map(Work::payload).toList();
  }

  /** Where the file is, and what was converted at which cost until now. */
  @Override
  public Map<String, String> properties() {
    return new ForeignHead(stamp, columns, works.stream().map(Work::report).toList()).properties();
  }

  @Override
  public void close() {
    arena.close();
  }
}
