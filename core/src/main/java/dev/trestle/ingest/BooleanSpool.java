package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.util.List;

/** Booleans, a bit each; a missing one is a zero bit. */
final class BooleanSpool implements ColumnSpool {
  private final String name;
  private final BitSpool bits;
  private final Validity validity;

  BooleanSpool(String name, Spools spools, int siblings) throws IOException {
    this.name = name;
    this.bits = new BitSpool(spools.create(siblings));
    this.validity = new Validity(spools, siblings);
  }

  @Override
  public void append(Cells cells, int rows) throws IOException {
    byte[] values = ((FixedValues) cells).values();
    for (int row = 0; row < rows; row++) {
      bits.append(values[row] == 1);
    }
    validity.append(cells, rows);
  }

  @Override
  public ColumnPayload finish() throws IOException {
    return new ColumnPayload(
        name,
        ColumnKind.BOOLEAN,
        validity.missing(),
        List.of(validity.finish(), bits.finish()),
        null);
  }
}
