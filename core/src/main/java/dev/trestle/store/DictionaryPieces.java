package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The batches of one dictionary, in order: the first, and what later ones added.
 *
 * @param field a column that uses it; its type is that of the values
 */
record DictionaryPieces(ArrowSource source, ArrowField field, List<RawColumn> pieces) {

  /** How many entries all pieces have. */
  long size() {
    return pieces.stream().mapToLong(RawColumn::rows).sum();
  }

  /** One piece, which is not compressed. */
  Chunk.Text text(RawColumn piece) {
    return new ChunkReader(source, field).text(piece, ((ArrowType.Text) field.type()).layout());
  }

  /** The strings of a dictionary that codes can point into as it lies. */
  StoredText only() {
    return text(pieces.getFirst()).text();
  }

  /** Why the codes cannot point into it as it lies, or "" if they can. */
  String obstacle() {
    if (pieces.size() != 1) {
      return "its dictionary came in %d pieces".formatted(pieces.size());
    }
    Chunk.Text only = text(pieces.getFirst());
    if (only.missing() > 0) {
      return "its dictionary has missing values";
    }
    // What compares strings by their codes would take equal ones for different ones.
    return source.isUnknown() && hasDuplicates(only.text()) ? "its dictionary repeats strings" : "";
  }

  /** Two strings of one hash count as equal: merging them finds that out for sure. */
  private static boolean hasDuplicates(StoredText text) {
    long[] hashes = new long[Math.toIntExact(text.size())];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(text.utf8(i));
    }
    Arrays.sort(hashes);
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        return true;
      }
    }
    return false;
  }

  private static long hash(MemorySegment utf8) {
    long hash = utf8.byteSize();
    long at = 0;
    for (; at + Long.BYTES <= utf8.byteSize(); at += Long.BYTES) {
      hash = mix(hash ^ utf8.get(Layouts.LONG, at));
    }
    for (; at < utf8.byteSize(); at++) {
      hash = mix(hash ^ utf8.get(ValueLayout.JAVA_BYTE, at));
    }
    return hash;
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  /** With a further piece. */
  DictionaryPieces and(RawColumn piece) {
    var more = new ArrayList<>(pieces);
    more.add(piece);
    return new DictionaryPieces(source, field, List.copyOf(more));
  }
}
