package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A payload written to a file and read back by Arrow's rules; missing values are null. */
record DecodedColumn(
    String name, ColumnKind kind, List<Object> values, int codeWidth, int entries) {

  static List<DecodedColumn> all(IngestedColumns columns, Path folder) throws IOException {
    List<DecodedColumn> decoded = new ArrayList<>();
    for (ColumnPayload payload : columns.columns()) {
      decoded.add(of(payload, Math.toIntExact(columns.rows()), folder));
    }
    return decoded;
  }

  private static DecodedColumn of(ColumnPayload payload, int rows, Path folder) throws IOException {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (Bytes bytes : payload.buffers()) {
      buffers.add(written(bytes, folder));
    }
    ByteBuffer validity = buffers.getFirst();
    assertEquals(payload.missing() == 0 ? 0 : (rows + 7) / 8, validity.limit());
    ColumnPayload.Dictionary dictionary = payload.dictionary();
    List<String> strings =
        dictionary == null
            ? List.of()
            : strings(
                written(dictionary.offsets(), folder),
                written(dictionary.text(), folder),
                dictionary.entries());
    List<String> texts =
        payload.kind() == ColumnKind.TEXT
            ? strings(buffers.get(1), buffers.get(2), rows)
            : List.of();
    int codeWidth = dictionary == null ? 0 : dictionary.codeWidth();
    List<Object> values = new ArrayList<>();
    long missing = 0;
    for (int row = 0; row < rows; row++) {
      boolean present = validity.limit() == 0 || bit(validity, row);
      Object value =
          switch (payload.kind()) {
            case STRING -> strings.get(code(buffers.get(1), codeWidth, row));
            case TEXT -> texts.get(row);
            default -> value(payload.kind(), buffers.get(1), row);
          };
      if (!present) {
        missing++;
        assertEquals(sentinel(payload.kind()), value, "the value slot of a missing value");
      }
      values.add(present ? value : null);
    }
    assertEquals(payload.missing(), missing);
    return new DecodedColumn(
        payload.name(),
        payload.kind(),
        values,
        codeWidth,
        dictionary == null ? 0 : dictionary.entries());
  }

  private static ByteBuffer written(Bytes bytes, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "buffer", ".bin");
    int offset = 64;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      bytes.writeTo(channel, offset);
    }
    byte[] all = Files.readAllBytes(file);
    Files.delete(file);
    assertEquals(bytes.size(), Math.max(0, all.length - offset));
    return bytes.size() == 0
        ? ByteBuffer.allocate(0)
        : ByteBuffer.wrap(all, offset, all.length - offset).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<String> strings(ByteBuffer offsets, ByteBuffer text, int count) {
    List<String> strings = new ArrayList<>();
    byte[] all = new byte[text.limit()];
    text.get(0, all);
    assertEquals((count + 1) * Long.BYTES, offsets.limit());
    for (int i = 0; i < count; i++) {
      int from = (int) offsets.getLong(i * Long.BYTES);
      int to = (int) offsets.getLong((i + 1) * Long.BYTES);
      strings.add(new String(all, from, to - from, StandardCharsets.UTF_8));
    }
    return strings;
  }

  private static int code(ByteBuffer codes, int width, int row) {
    return switch (width) {
      case 1 -> codes.get(row);
      case 2 -> codes.getShort(row * 2);
      default -> codes.getInt(row * 4);
    };
  }

  private static boolean bit(ByteBuffer bits, int row) {
    return (bits.get(row / 8) >> (row % 8) & 1) == 1;
  }

  private static Object value(ColumnKind kind, ByteBuffer values, int row) {
    return switch (kind) {
      case SHORT -> values.getShort(row * 2);
      case INT -> values.getInt(row * 4);
      case LONG -> values.getLong(row * 8);
      case FLOAT -> values.getFloat(row * 4);
      case DOUBLE -> values.getDouble(row * 8);
      case BOOLEAN -> bit(values, row);
      case DATE ->
          values.getInt(row * 4) == Integer.MIN_VALUE
              ? Integer.MIN_VALUE
              : LocalDate.ofEpochDay(values.getInt(row * 4));
      case TIME ->
          values.getInt(row * 4) == Integer.MIN_VALUE
              ? Integer.MIN_VALUE
              : LocalTime.ofNanoOfDay(values.getInt(row * 4) * 1_000_000L);
      case DATE_TIME ->
          values.getLong(row * 8) == Long.MIN_VALUE
              ? Long.MIN_VALUE
              : LocalDateTime.ofInstant(
                  Instant.ofEpochMilli(values.getLong(row * 8)), ZoneOffset.UTC);
      case INSTANT ->
          values.getLong(row * 8) == Long.MIN_VALUE
              ? Long.MIN_VALUE
              : Instant.ofEpochMilli(values.getLong(row * 8));
      case STRING, TEXT -> throw new IllegalArgumentException("no fixed width: " + kind);
    };
  }

  private static Object sentinel(ColumnKind kind) {
    return switch (kind) {
      case SHORT -> Short.MIN_VALUE;
      case INT, DATE, TIME -> Integer.MIN_VALUE;
      case LONG, DATE_TIME, INSTANT -> Long.MIN_VALUE;
      case FLOAT -> Float.NaN;
      case DOUBLE -> Double.NaN;
      case BOOLEAN -> false;
      case STRING, TEXT -> "";
    };
  }
}
