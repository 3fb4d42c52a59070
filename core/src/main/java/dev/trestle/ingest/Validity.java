package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A column's validity bitmap: no file at all until the first missing value. */
final class Validity {
  private final Spools spools;
  private final int siblings;
  private @Nullable BitSpool bits;
  private long rows;
  private long missing;

  Validity(Spools spools, int siblings) {
    this.spools = spools;
    this.siblings = siblings;
  }

  long missing() {
    return missing;
  }

  void append(Cells cells, int count) throws IOException {
    BitSpool present = bits;
    if (present == null && cells.mayHaveMissing()) {
      present = new BitSpool(spools.create(siblings));
      present.appendOnes(rows);
      bits = present;
    }
    rows += count;
    if (present == null) {
      return;
    }
    if (!cells.mayHaveMissing()) {
      present.appendOnes(count);
      return;
    }
    for (int row = 0; row < count; row++) {
      boolean absent = cells.isMissing(row);
      missing += absent ? 1 : 0;
      present.append(!absent);
    }
  }

  /** The bitmap, or no bytes when nothing is missing. */
  Bytes finish() throws IOException {
    return bits == null || missing == 0 ? Bytes.NONE : bits.finish();
  }
}
