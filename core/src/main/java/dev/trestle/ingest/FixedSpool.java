package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.util.List;

/** Values of equal width. */
final class FixedSpool implements ColumnSpool {
  private final String name;
  private final ColumnKind kind;
  private final Spool values;
  private final Validity validity;

  FixedSpool(String name, ColumnKind kind, Spools spools, int siblings) throws IOException {
    this.name = name;
    this.kind = kind;
    this.values = spools.create(siblings);
    this.validity = new Validity(spools, siblings);
  }

  @Override
  public void append(Cells cells, int rows) throws IOException {
    values.append(((FixedValues) cells).values(), 0, rows * kind.width());
    validity.append(cells, rows);
  }

  @Override
  public ColumnPayload finish() throws IOException {
    return new ColumnPayload(
        name, kind, validity.missing(), List.of(validity.finish(), values.finish()), null);
  }
}
