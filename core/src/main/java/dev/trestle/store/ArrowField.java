package dev.trestle.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of an Arrow schema.
 *
 * @param type the type of its values, whether they lie in a dictionary or not
 * @param dictionary how it is dictionary-encoded, or null
 * @param children the columns inside of it; looked at if it is run-end-encoded, else only their
 *     buffers are counted
 * @param ours whether this store marked it: missing values have Tablesaw's sentinel then
 */
record ArrowField(
    String name,
    ArrowType type,
    @Nullable Encoding dictionary,
    List<ArrowField> children,
    boolean ours) {

  /** The codes of a column, and which dictionary they point into. */
  record Encoding(long id, ArrowType.Int index) {}

  /** Whether it has the rows' values in runs. */
  boolean isRunEndEncoded() {
    return dictionary == null && type instanceof ArrowType.RunEnds && children.size() == 2;
  }

  /** The type of its run ends, or null if it is none that Arrow allows. */
  ArrowType.@Nullable Int runEnds() {
    return children.getFirst().type() instanceof ArrowType.Int(int bits, boolean signed)
            && signed
            && bits >= Short.SIZE
            && children.getFirst().dictionary() == null
        ? new ArrowType.Int(bits, true)
        : null;
  }

  /** What its rows hold: the column itself, or under the same name that of its runs. */
  ArrowField values() {
    if (!isRunEndEncoded()) {
      return this;
    }
    ArrowField values = children.getLast();
    return new ArrowField(name, values.type, values.dictionary, values.children, false);
  }

  /** How many buffers it has in a record batch, without those of children. */
  int buffers() {
    return dictionary == null ? type.buffers() : 2;
  }

  /** Whether a batch says how many more buffers there are. */
  boolean hasViews() {
    return dictionary == null
        && switch (type) {
          case ArrowType.Text text -> text.layout() == StoredText.Layout.VIEWS;
          case ArrowType.Other other -> other.hasViews();
          default -> false;
        };
  }

  /** The type as Arrow's libraries print it. */
  String typeName() {
    if (isRunEndEncoded()) {
      return "run_end_encoded<run_ends: %s, values: %s>"
          .formatted(children.getFirst().typeName(), children.getLast().typeName());
    }
    return dictionary == null
        ? type.toString()
        : "dictionary<%s, %s>".formatted(dictionary.index(), type);
  }
}
