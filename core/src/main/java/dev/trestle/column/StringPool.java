package dev.trestle.column;

import dev.trestle.store.MappedBytes;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredText;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Strings in a mapping, decoded when they are asked for.
 *
 * <p>A small pool keeps each string that was asked for, so that a column gives the same instance
 * every time and comparing is cheap; a large one decodes anew, so that attaching a table does not
 * slowly copy it to the heap. Safe for use by several threads.
 */
final class StringPool {
  private static final int KEPT = 1 << 16;

  /** So many strings are searched for one by one, without decoding. */
  private static final int FEW = 4;

  private final StoredText text;
  private final long first;
  private final int size;
  private @Nullable String @Nullable [] kept;

  /** By index, the first one of the same string; null if none is there twice. */
  private int @Nullable [] firsts;

  private volatile boolean firstsAreKnown;

  /** A run of the strings, from a first one on. */
  StringPool(StoredText text, long first, int size) {
    this.text = text;
    this.first = first;
    this.size = size;
  }

  /** All the strings of a dictionary. */
  StringPool(StoredText dictionary) {
    this(dictionary, 0, size(dictionary));
  }

  private static int size(StoredText dictionary) {
    if (dictionary.size() > Integer.MAX_VALUE) {
      throw new StoreException(
          "a dictionary of %,d strings; a column can have at most %,d different ones"
              .formatted(dictionary.size(), Integer.MAX_VALUE));
    }
    return (int) dictionary.size();
  }

  int size() {
    return size;
  }

  /**
   * The string of that number.
   *
   * @throws dev.trestle.store.DamagedTableException if there is none: a file may hold any code
   */
  String get(int index) {
    @Nullable String @Nullable [] known = kept;
    if (known == null) {
      check(index);
      if (size > KEPT) {
        return text.decode(first + index);
      }
      known = new String[size];
      kept = known;
    } else if (index < 0 || index >= size) {
      check(index);
    }
    String string = known[index];
    if (string == null) {
      // A race decodes twice; strings are immutable, either is right.
      string = text.decode(first + index);
      known[index] = string;
    }
    return string;
  }

  boolean isEmpty(int index) {
    check(index);
    return text.length(first + index) == 0;
  }

  MemorySegment utf8(int index) {
    return text.utf8(first + index);
  }

  /** The first index of a string from some index on, or -1: looks at each, without decoding. */
  int indexOf(String value, int from) {
    MemorySegment wanted = MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8));
    for (int i = from; i < size; i++) {
      if (text.length(first + i) == wanted.byteSize() && MappedBytes.equal(utf8(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** For each of the strings whether it is among these. */
  boolean[] which(Collection<String> wanted) {
    boolean[] which = new boolean[size];
    if (wanted.size() > FEW) {
      for (int i = 0; i < size; i++) {
        which[i] = wanted.contains(get(i));
      }
      return which;
    }
    for (String value : wanted) {
      for (int i = indexOf(value, 0); i >= 0; i = indexOf(value, i + 1)) {
        which[i] = true;
      }
    }
    return which;
  }

  /**
   * One number for all that stand for the same string: the dictionaries of others may have it
   * twice.
   */
  int canonical(int index) {
    check(index);
    if (!firstsAreKnown) {
      findFirsts();
    }
    return firsts == null ? index : firsts[index];
  }

  /** Whether no string is there twice, as far as is known. */
  boolean isDistinct() {
    return firstsAreKnown && firsts == null;
  }

  private synchronized void findFirsts() {
    if (!firstsAreKnown) {
      var distinct = new MergedDictionary();
      int[] numbers = distinct.add(this);
      firsts = distinct.size() == size ? null : firstOfEach(numbers, distinct.size());
      firstsAreKnown = true;
    }
  }

  private static int[] firstOfEach(int[] numbers, int distinct) {
    int[] first = new int[distinct];
    for (int i = numbers.length - 1; i >= 0; i--) {
      first[numbers[i]] = i;
    }
    int[] result = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      result[i] = first[numbers[i]];
    }
    return result;
  }

  void check(int index) {
    if (index < 0 || index >= size) {
      throw MappingFault.damaged(
          text.index(), "a row has code %d, and its dictionary %d strings".formatted(index, size));
    }
  }
}
