package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One column's part of a record batch, as it lies in the file.
 *
 * @param nullCount what the batch claims
 * @param codec how the buffers are compressed
 * @param buffers in Arrow's order, the validity bitmap first; none for types without any
 * @param children the columns inside of it
 */
record RawColumn(
    long rows, long nullCount, Codec codec, List<MemorySegment> buffers, List<RawColumn> children) {
  RawColumn {
    buffers = List.copyOf(buffers);
    children = List.copyOf(children);
  }

  /** How many bytes it takes in the file. */
  long bytes() {
    return buffers.stream().mapToLong(MemorySegment::byteSize).sum();
  }
}
