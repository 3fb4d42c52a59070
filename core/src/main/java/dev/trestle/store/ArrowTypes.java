package dev.trestle.store;

import com.google.flatbuffers.Table;
import java.util.function.UnaryOperator;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;
import org.jspecify.annotations.Nullable;

/** Takes types out of flatbuffers. */
final class ArrowTypes {
  private ArrowTypes() {}

  /**
   * The type of a field.
   *
   * @param version the file's metadata version, on which the buffers of a union depend
   * @param text what each text passes through on its way out
   */
  static ArrowType of(Field field, short version, UnaryOperator<@Nullable String> text) {
    return switch (field.typeType()) {
      case Type.Null -> new ArrowType.Null();
      case Type.Int -> {
        Int type = read(field, new Int());
        yield new ArrowType.Int(type.bitWidth(), type.isSigned());
      }
      case Type.FloatingPoint ->
          new ArrowType.Floating(
              switch (read(field, new FloatingPoint()).precision()) {
                case Precision.HALF -> Short.SIZE;
                case Precision.SINGLE -> Float.SIZE;
                default -> Double.SIZE;
              });
      case Type.Bool -> new ArrowType.Bool();
      case Type.Utf8 -> new ArrowType.Text(StoredText.Layout.OFFSETS_32);
      case Type.LargeUtf8 -> new ArrowType.Text(StoredText.Layout.OFFSETS_64);
      case Type.Utf8View -> new ArrowType.Text(StoredText.Layout.VIEWS);
      case Type.Date -> new ArrowType.Date(read(field, new Date()).unit() == DateUnit.DAY);
      case Type.Time -> {
        Time type = read(field, new Time());
        var time = new ArrowType.Time(unit(type.unit()));
        yield time.bits() == type.bitWidth() ? time : other(field, 2);
      }
      case Type.Timestamp -> {
        Timestamp type = read(field, new Timestamp());
        String zone = text.apply(type.timezone());
        yield new ArrowType.Timestamp(
            unit(type.unit()), zone == null || zone.isEmpty() ? null : zone);
      }
      case Type.Duration -> new ArrowType.Duration(unit(read(field, new Duration()).unit()));
      case Type.Decimal -> {
        Decimal type = read(field, new Decimal());
        yield new ArrowType.Decimal(type.bitWidth(), type.precision(), type.scale());
      }
      case Type.Binary, Type.LargeBinary, Type.ListView, Type.LargeListView -> other(field, 3);
      case Type.BinaryView -> new ArrowType.Other(Type.name(field.typeType()), 2, true);
      case Type.Struct_, Type.FixedSizeList -> other(field, 1);
      case Type.RunEndEncoded -> new ArrowType.RunEnds();
      case Type.Union -> {
        int buffers = read(field, new Union()).mode() == UnionMode.Dense ? 2 : 1;
        // Version 4 gave unions a validity bitmap.
        yield other(field, version == MetadataVersion.V4 ? buffers + 1 : buffers);
      }
      default -> other(field, 2); // lists, maps, intervals, binary of a fixed size
    };
  }

  private static ArrowType other(Field field, int buffers) {
    byte type = field.typeType();
    String name =
        type < 0 || type >= Type.names.length ? "type " + type : Type.name(type).replace("_", "");
    return new ArrowType.Other(name, buffers, false);
  }

  private static ArrowType.Unit unit(short unit) {
    return switch (unit) {
      case TimeUnit.SECOND -> ArrowType.Unit.SECOND;
      case TimeUnit.MILLISECOND -> ArrowType.Unit.MILLI;
      case TimeUnit.MICROSECOND -> ArrowType.Unit.MICRO;
      case TimeUnit.NANOSECOND -> ArrowType.Unit.NANO;
      default -> throw new IllegalArgumentException("time unit " + unit);
    };
  }

  @SuppressWarnings("unchecked") // flatbuffers gives back what it was given, or null
  private static <T extends Table> T read(Field field, T empty) {
    Table type = field.type(empty);
    if (type == null) {
      throw new IllegalArgumentException("no type");
    }
    return (T) type;
  }
}
