package dev.trestle.kernel;

import java.lang.reflect.Array;

/** A Java array as a text, as JShell writes it: {@code int[3] {1, 2, 3}}. Long ones are cut. */
final class ArrayText {
  private static final int MOST = 200; // elements, in all depths together

  private final StringBuilder text = new StringBuilder();
  private int left = MOST;

  private ArrayText() {}

  static String of(Object array) {
    var writing = new ArrayText();
    String type = array.getClass().getComponentType().getTypeName();
    int dimensions = type.indexOf('[');
    int at = dimensions < 0 ? type.length() : dimensions;
    String length = "[%d]".formatted(Array.getLength(array));
    writing.text.append(type, 0, at).append(length).append(type, at, type.length()).append(' ');
    writing.write(array);
    return writing.text.toString();
  }

  private void write(Object array) {
    int length = Array.getLength(array);
    text.append('{');
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : ", ");
      if (--left < 0) {
        text.append("... %,d more".formatted(length - i));
        break;
      }
      Object element = Array.get(array, i);
      switch (element) {
        case null -> text.append("null");
        case String string -> text.append('"').append(string).append('"');
        case Object inner when inner.getClass().isArray() -> write(inner);
        default -> text.append(element);
      }
    }
    text.append('}');
  }
}
