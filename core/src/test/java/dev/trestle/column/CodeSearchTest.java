package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.StoreException;
import dev.trestle.store.StoredText;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are found by the codes of their strings, of any width, however many rows there are. */
class CodeSearchTest {
  private static final List<String> WORDS =
      List.of("", "a", "b", "c", "d", "a", "e", "f"); // "a" twice, as others may write it

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theRowsOfAStringAreFoundWhateverTheirNumber(int width) {
    for (int rows : new int[] {0, 1, 7, 63, 64, 65, 200, 4096, 4097, 9_999}) {
      int[] codes = new Random(rows).ints(rows, 0, WORDS.size()).toArray();
      CodeSearch search = search(codes, width, WORDS);
      for (List<String> wanted :
          List.of(List.of("b"), List.of("a"), List.of(""), List.of("f", "c"), List.of("x"))) {
        int[] expected =
            IntStream.range(0, rows).filter(r -> wanted.contains(WORDS.get(codes[r]))).toArray();
        assertArrayEquals(expected, search.rowsOf(wanted).toArray(), rows + " rows, " + wanted);
      }
    }
  }

  @Test
  void codesOfAByteAreFoundUpToTheLargest() {
    List<String> words = IntStream.range(0, 128).mapToObj(i -> "word" + i).toList();
    int[] codes = IntStream.range(0, 1280).map(row -> row * 7 % 128).toArray();
    CodeSearch search = search(codes, Byte.BYTES, words);
    for (int wanted : new int[] {0, 1, 63, 64, 126, 127}) {
      assertArrayEquals(
          IntStream.range(0, codes.length).filter(row -> codes[row] == wanted).toArray(),
          search.rowsOf(List.of("word" + wanted)).toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aCodeThatTheDictionaryDoesNotHaveIsNamed(int width) {
    for (int code : new int[] {-1, WORDS.size(), 127}) {
      for (int row : new int[] {0, 70, 199}) {
        int[] codes = new int[200];
        codes[row] = code;
        CodeSearch search = search(codes, width, WORDS);
        StoreException e = assertThrows(StoreException.class, () -> search.rowsOf(List.of("b")));
        String reason = "a row has code %d, and its dictionary 8 strings".formatted(code);
        assertTrue(("" + e.getMessage()).contains(" is damaged: " + reason), e.getMessage());
      }
    }
  }

  private static CodeSearch search(int[] codes, int width, List<String> words) {
    ByteBuffer bytes = ByteBuffer.allocate(codes.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int code : codes) {
      switch (width) {
        case Byte.BYTES -> bytes.put((byte) code);
        case Short.BYTES -> bytes.putShort((short) code);
        default -> bytes.putInt(code);
      }
    }
    return new CodeSearch(
        MemorySegment.ofArray(bytes.array()), width, codes.length, new StringPool(text(words)));
  }

  private static StoredText text(List<String> words) {
    var utf8 = new ByteArrayOutputStream();
    MemorySegment offsets = MemorySegment.ofArray(new byte[(words.size() + 1) * Integer.BYTES]);
    for (int i = 0; i < words.size(); i++) {
      utf8.writeBytes(words.get(i).getBytes(StandardCharsets.UTF_8));
      offsets.set(
          ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
          (i + 1L) * Integer.BYTES,
          utf8.size());
    }
    return new StoredText(
        words.size(),
        StoredText.Layout.OFFSETS_32,
        offsets,
        List.of(MemorySegment.ofArray(utf8.toByteArray())));
  }
}
