package dev.trestle;

import dev.trestle.array.ElementType;
import dev.trestle.array.Elements;
import dev.trestle.array.JavaArrays;
import dev.trestle.array.MappedArray;
import dev.trestle.array.NpyContent;
import dev.trestle.array.Shape;
import dev.trestle.store.Catalogue;
import dev.trestle.store.HeldFile;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/**
 * An N-dimensional array in shared memory, attached to this JVM; or a part of one.
 *
 * <p>Unlike a table it can be changed: what one process writes, every other one that has it
 * attached reads. It is held in a {@code .npy} file, which numpy maps with {@code np.load(path,
 * mmap_mode='r+')}. Rows, slices and other shapes of an array are arrays too and share its memory.
 *
 * <p>Cheap to hold and to send: captured by a task it travels as a name and a range, and is
 * attached again in the worker, without a copy. Dropping the array or sharing another one under its
 * name does not touch this one while it is attached, here or in a worker that it was sent to. Safe
 * for use by several threads.
 *
 * <p>If somebody cuts its file meanwhile, an operation on all elements ends in a {@link
 * dev.trestle.store.DamagedTableException}, and reading or writing one of those that are lost in an
 * {@link InternalError}, of which {@link Trestle#explain} knows the file; notebooks and workers ask
 * it.
 */
public final class SharedArray extends ArrayElements implements Serializable {
  private final transient MappedArray mapped;

  /** Null in a JVM that has no store open on the array's folder. */
  private final transient @Nullable Catalogue catalogue;

  /** Keeps the file for those that this is sent to; null if it is not the store's. */
  private final transient @Nullable HeldFile file;

  private final transient long first;

  SharedArray(MappedArray mapped, @Nullable Catalogue catalogue, @Nullable HeldFile file) {
    super(mapped.elements());
    this.mapped = mapped;
    this.catalogue = catalogue;
    this.file = file;
    this.first = 0;
  }

  /**
   * @param first where the elements begin within those of the file
   */
  private SharedArray(SharedArray whole, long first, Elements elements) {
    super(elements);
    this.mapped = whole.mapped;
    this.catalogue = whole.catalogue;
    this.file = whole.file;
    this.first = first;
  }

  /**
   * Copies a Java array into shared memory, in the default store; see {@link Store#arrayOf}.
   *
   * @param values a {@code double[]}, {@code float[][]}, {@code int[][][]} and so on
   */
  public static SharedArray of(String name, Object values) {
    return Trestle.store().arrayOf(name, values);
  }

  /** The name it was shared under, or the file's path. */
  public String name() {
    return elements.name();
  }

  /** What it holds. */
  public ElementType type() {
    return elements.type();
  }

  /** The length of each axis. */
  public long[] shape() {
    return elements.shape().lengths();
  }

  /** How many elements. */
  public long size() {
    return elements.size();
  }

  /** What the elements take in shared memory, once for all processes. */
  public long bytes() {
    return elements.segment().byteSize();
  }

  /** The file that holds it. */
  public Path location() {
    return mapped.path();
  }

  /** Whether it cannot be written to through this object. */
  public boolean isReadOnly() {
    return elements.segment().isReadOnly();
  }

  /** Whether the array of this name stays when its session ends; see {@link #keep}. */
  public boolean isKept() {
    return catalogue().isKept(name());
  }

  /**
   * Makes the array stay when its session has ended, see {@link Store#keep}: in {@code /dev/shm}
   * not through a restart of the machine, for which there is {@link #keepOnDisk}.
   *
   * @return this array
   */
  public SharedArray keep() {
    catalogue().keep(name());
    return this;
  }

  /**
   * Makes the array stay through a restart of the machine, with the elements that it has now; see
   * {@link Store#keepOnDisk}.
   *
   * @return this array, which uses the memory that it used before; attach it to use the copy
   */
  public SharedArray keepOnDisk() {
    catalogue().keepOnDisk(name());
    return this;
  }

  private Catalogue catalogue() {
    if (catalogue == null) {
      throw new StoreException(
          "array '%s' lies in %s, which this JVM has no store open on; attach it from one:"
                  .formatted(name(), location().getParent())
              + " Store.open(folder).attachArray(name)");
    }
    return catalogue;
  }

  /** Throws what writing to it would throw, if it is read-only. */
  void checkWritable() {
    elements.checkWritable();
  }

  /** The part at one place of the first axis: a row of a matrix. One axis less, the same memory. */
  public SharedArray row(long i) {
    Shape shape = firstAxis("row");
    if (i < 0 || i >= shape.length(0)) {
      throw new IndexOutOfBoundsException(
          "row %d is outside array '%s' of shape %s".formatted(i, name(), shape));
    }
    Shape row = shape.withoutFirst();
    return view(i * row.size(), row);
  }

  /**
   * A range of the first axis; the same memory.
   *
   * @param to the first place that is not in it
   */
  public SharedArray slice(long from, long to) {
    Shape shape = firstAxis("slice");
    if (from < 0 || from > to || to > shape.length(0)) {
      throw new IndexOutOfBoundsException(
          "slice %d to %d is outside array '%s' of shape %s".formatted(from, to, name(), shape));
    }
    return view(from * shape.withoutFirst().size(), shape.withFirst(to - from));
  }

  private Shape firstAxis(String what) {
    Shape shape = elements.shape();
    if (shape.axes() == 0) {
      throw new IndexOutOfBoundsException(
          "array '%s' is a single number and has no %s".formatted(name(), what));
    }
    return shape;
  }

  /**
   * The same elements in the same order, in another shape; the same memory.
   *
   * @param shape the length of each axis; one may be -1: whatever is left for it
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public SharedArray reshape(long... shape) {
    return view(0, elements.shape().reshaped(name(), shape));
  }

  /** The same elements along a single axis, in C order; the same memory. */
  public SharedArray flat() {
    return view(0, Shape.of(size()));
  }

  /** The same memory, not to be written to through the result. */
  public SharedArray asReadOnly() {
    return new SharedArray(this, first, elements.readOnly());
  }

  SharedArray view(long from, Shape shape) {
    return new SharedArray(this, first + from, elements.part(from, shape));
  }

  /**
   * Copies all elements from a Java array.
   *
   * @param values of this array's type and shape, such as {@code double[][]} for doubles on two
   *     axes; or plain, in C order
   * @throws IllegalArgumentException if type or size differ
   */
  public SharedArray copyFrom(Object values) {
    elements.checkWritable();
    checkJava(values, JavaArrays.shape(values));
    return MappingFault.explaining(() -> {
      JavaArrays.read(
          values,
          (row, offset) -> MemorySegment.copy(row, 0, elements.segment(), offset, row.byteSize()));
      return this;
    });
  }

  /**
   * Copies all elements from the same places of another array.
   *
   * @throws IllegalArgumentException if type or shape differ
   */
  public SharedArray copyFrom(SharedArray other) {
    elements.checkWritable();
    if (other.type() != type() || !other.elements.shape().equals(elements.shape())) {
      throw new IllegalArgumentException(
          "array '%s' is of %s %s, and array '%s' of %s %s"
              .formatted(
                  name(),
                  type(),
                  elements.shape(),
                  other.name(),
                  other.type(),
                  other.elements.shape()));
    }
    return MappingFault.explaining(() -> {
      elements.segment().copyFrom(other.elements.segment());
      return this;
    });
  }

  /**
   * Copies all elements from a Tablesaw column of numbers with as many rows.
   *
   * <p>Missing values become NaN.
   *
   * @throws IllegalArgumentException if the sizes differ, or a value is missing or has a fraction
   *     where this array holds whole numbers
   * @throws ArithmeticException if a value does not fit the type
   */
  public SharedArray copyFrom(NumericColumn<?> column) {
    elements.checkWritable();
    return MappingFault.explaining(() -> {
      ArrayColumns.copy(column, elements);
      return this;
    });
  }

  /**
   * Copies all elements to a Java array.
   *
   * @param values as for {@link #copyFrom(Object)}
   * @return the same
   * @throws IllegalArgumentException if type or size differ
   */
  public <T> T copyTo(T values) {
    checkJava(values, JavaArrays.shape(values));
    return MappingFault.explaining(() -> {
      JavaArrays.write(
          values,
          (row, offset) -> MemorySegment.copy(elements.segment(), offset, row, 0, row.byteSize()));
      return values;
    });
  }

  private void checkJava(Object values, Shape shape) {
    ElementType given = JavaArrays.type(values);
    boolean sameType = given.javaType() == type().javaType();
    boolean isPlain = shape.axes() == 1 && shape.size() == size();
    if (!sameType || !(isPlain || shape.equals(elements.shape()))) {
      throw new IllegalArgumentException(
          "array '%s' is of %s %s, and the Java array of %s %s"
              .formatted(name(), type(), elements.shape(), given, shape));
    }
  }

  /**
   * All elements in a new Java array, plain, in C order: a {@code double[]} for doubles.
   *
   * @throws IllegalArgumentException if there are more than a Java array holds
   */
  public Object toJavaArray() {
    return copyTo(Array.newInstance(type().javaType(), ArrayColumns.count(elements)));
  }

  /**
   * All elements as a new Tablesaw column, in C order, copied.
   *
   * <p>Bytes become shorts. A number that Tablesaw takes for a missing value (NaN, and the smallest
   * number of each whole type) is missing.
   *
   * @throws IllegalArgumentException if there are more than a Tablesaw column holds
   */
  public Column<?> toColumn(String columnName) {
    return MappingFault.explaining(() -> ArrayColumns.column(columnName, elements));
  }

  /**
   * Writes the elements as a {@code .npy} file, which {@code np.load} reads and {@link
   * Trestle#openNpy} maps. A file of that name is replaced.
   *
   * <p>The file appears whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path temporary = Files.createTempFile(absolute.getParent(), "." + target.getFileName(), ".tmp");
    temporary.toFile().deleteOnExit(); // Ctrl-C
    try {
      try (var file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        MappingFault.explaining(() -> {
          NpyContent.of(elements).writeTo(file, 0);
          return file;
        });
      }
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * The first and last elements along each axis, in rows as numpy prints them: a few lines of text.
   * Only those are read.
   */
  public String excerpt() {
    return MappingFault.explaining(() -> ArrayText.of(elements));
  }

  /** The name, type, shape, size and place, and on the following lines the {@link #excerpt}. */
  @Override
  public String toString() {
    return description() + "\n" + excerpt();
  }

  /** The name, type, shape, size and place in one line, not the elements. */
  public String description() {
    return "SharedArray %s: %s %s, %,d bytes in %s%s"
        .formatted(
            name(),
            type(),
            elements.shape(),
            bytes(),
            location().getParent(),
            isReadOnly() ? ", read-only" : "");
  }

  private Object writeReplace() {
    Path link = file == null ? mapped.path() : file.pin();
    return new SharedArrayHandle(
        name(),
        mapped.path().toString(),
        link.toString(),
        mapped.id(),
        first,
        shape(),
        !isReadOnly());
  }
}
