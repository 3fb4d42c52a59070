package dev.trestle.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells how each column of a file can be read: by its type, and by what its batches are like. */
final class Fits {
  /** Of a dictionary of numbers: nine bytes of heap each. */
  private static final long MOST_ENTRIES = 1 << 23; // 72 MiB

  /** Strings in runs that are merged on the heap, to make a dictionary of them. */
  private static final long MOST_MERGED = 1 << 20;

  private static final String EXPANDED = "Tablesaw has no runs; each row has its value";

  private final ArrowFileReader file;
  private final Map<Long, String> obstacles = new HashMap<>();

  Fits(ArrowFileReader file) {
    this.file = file;
  }

  /** How a column can be read. */
  Fit fit(int index) {
    ArrowField field = file.fields().get(index);
    return field.isRunEndEncoded() ? runs(index, field) : inRows(index, field);
  }

  private Fit inRows(int index, ArrowField field) {
    return field.dictionary() == null ? plain(index, field) : coded(index, field);
  }

  private Fit runs(int index, ArrowField field) {
    if (field.runEnds() == null) {
      return new Fit.Refused("run ends of that type do not exist in Arrow");
    }
    return switch (inRows(index, field.values())) {
      case Fit.InPlace inPlace when file.rows() == 0 -> inPlace;
      case Fit.InPlace(ColumnKind kind) -> new Fit.Converted(runKind(index, kind), EXPANDED);
      case Fit.Converted(ColumnKind kind, String why) ->
          new Fit.Converted(runKind(index, kind), EXPANDED + "; " + why);
      case Fit.Refused refused -> refused;
    };
  }

  /** Strings in runs repeat: they get a dictionary, if the heap has room to make it. */
  private ColumnKind runKind(int index, ColumnKind kind) {
    long runs = file.batchesOf(index).stream().mapToLong(b -> b.children().getLast().rows()).sum();
    return kind == ColumnKind.TEXT && runs <= MOST_MERGED ? ColumnKind.STRING : kind;
  }

  private Fit plain(int index, ArrowField field) {
    if (field.type() instanceof ArrowType.Null
        && file.rows() > file.source().bytes().byteSize() * Byte.SIZE) {
      // Such a column has no bytes of its own that would limit what a damaged count can ask for.
      return new Fit.Refused("%,d rows without any bytes".formatted(file.rows()));
    }
    Fit fit = Fit.of(field.type());
    Codec codec = codec(file.batchesOf(index));
    return fit instanceof Fit.InPlace(ColumnKind kind) && codec != Codec.NONE
        ? new Fit.Converted(kind, "compressed (%s)".formatted(codec))
        : fit;
  }

  private Fit coded(int index, ArrowField field) {
    if (!(field.type() instanceof ArrowType.Text)) {
      return entries(field);
    }
    if (file.rows() == 0) {
      return new Fit.InPlace(ColumnKind.STRING); // there need not even be a dictionary
    }
    DictionaryPieces dictionary = file.dictionary(field);
    if (dictionary.size() > Integer.MAX_VALUE - 8) {
      return new Fit.Refused("its dictionary has %,d entries".formatted(dictionary.size()));
    }
    Codec codec = codec(file.batchesOf(index));
    codec = codec == Codec.NONE ? codec(dictionary.pieces()) : codec;
    if (codec != Codec.NONE) {
      return new Fit.Converted(ColumnKind.STRING, "compressed (%s)".formatted(codec));
    }
    ArrowType.Int codes = Codes.type(field);
    if (!Codes.fit(codes, dictionary.size())) {
      return new Fit.Converted(ColumnKind.STRING, "its codes are of type " + codes);
    }
    String obstacle =
        obstacles.computeIfAbsent(Codes.dictionary(field), id -> dictionary.obstacle());
    return obstacle.isEmpty()
        ? new Fit.InPlace(ColumnKind.STRING)
        : new Fit.Converted(ColumnKind.STRING, obstacle);
  }

  /** A dictionary of what are no strings. */
  private Fit entries(ArrowField field) {
    ColumnKind kind =
        switch (Fit.of(field.type())) {
          case Fit.InPlace(ColumnKind inPlace) -> inPlace;
          case Fit.Converted(ColumnKind converted, String why) -> converted;
          case Fit.Refused refused -> ColumnKind.TEXT;
        };
    if (kind == ColumnKind.TEXT || kind == ColumnKind.STRING) {
      return new Fit.Refused("dictionaries of such values cannot be read");
    }
    if (file.rows() == 0) {
      return new Fit.InPlace(kind);
    }
    long size = file.dictionary(field).size();
    return size > MOST_ENTRIES
        ? new Fit.Refused("its dictionary has %,d entries".formatted(size))
        : new Fit.Converted(kind, "Tablesaw has dictionaries for strings only");
  }

  private static Codec codec(List<RawColumn> batches) {
    return batches.stream()
        .filter(batch -> batch.codec() != Codec.NONE && batch.rows() > 0)
        .map(RawColumn::codec)
        .findFirst()
        .orElse(Codec.NONE);
  }
}
