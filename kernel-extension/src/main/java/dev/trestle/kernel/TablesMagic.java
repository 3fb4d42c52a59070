package dev.trestle.kernel;

import dev.trestle.StoredArray;
import dev.trestle.StoredTable;
import dev.trestle.Trestle;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code %tables}. */
@Command(description = "Lists the shared tables and arrays.")
final class TablesMagic implements LineMagic {
  @Override
  public void run(Host host) {
    List<StoredTable> tables = Trestle.tables();
    List<StoredArray> arrays = Trestle.arrays();
    if (tables.isEmpty() && arrays.isEmpty()) {
      host.screen().say("There are no shared tables and no shared arrays.");
      return;
    }
    var list = new CatalogueListing(tables, arrays, Readers.of(Trestle.openWorkers()));
    host.screen().show(list.text(), list.html());
  }
}
