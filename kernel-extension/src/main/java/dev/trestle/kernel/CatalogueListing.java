package dev.trestle.kernel;

import dev.trestle.Stored;
import dev.trestle.StoredArray;
import dev.trestle.StoredTable;
import dev.trestle.memory.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code %tables} shows: the tables of a store, then its arrays. */
final class CatalogueListing {
  private final List<Listing> lists = new ArrayList<>();

  /** At least one of the two is not empty. */
  CatalogueListing(List<StoredTable> tables, List<StoredArray> arrays, Readers readers) {
    if (!tables.isEmpty()) {
      lists.add(tables(tables, readers));
    }
    if (!arrays.isEmpty()) {
      lists.add(arrays(arrays, readers));
    }
  }

  private static Listing tables(List<StoredTable> tables, Readers readers) {
    Listing list =
        new Listing(
            "shared table",
            "#rows",
            "#columns",
            "#size",
            "held",
            "owner",
            "#version",
            "age",
            "mapped by");
    for (StoredTable t : tables) {
      list.add(
          t.name(),
          String.format(Locale.ROOT, "%,d", t.rows()),
          Integer.toString(t.columns()),
          ByteSize.format(t.bytes()),
          held(t),
          readers.owner(t),
          t.version() > 1 ? Long.toString(t.version()) : "",
          t.age(),
          readers.names(t.mappedBy()));
    }
    return list;
  }

  private static Listing arrays(List<StoredArray> arrays, Readers readers) {
    Listing list =
        new Listing("shared array", "type", "shape", "#size", "held", "owner", "age", "mapped by");
    for (StoredArray a : arrays) {
      list.add(
          a.name(),
          a.type().toString(),
          a.shape(),
          ByteSize.format(a.bytes()),
          held(a),
          readers.owner(a),
          a.age(),
          readers.names(a.mappedBy()));
    }
    return list;
  }

  private static String held(Stored stored) {
    return stored.inMemory() ? "in memory" : "on disk";
  }

  String html() {
    Html html = new Html();
    html.open("div");
    lists.forEach(list -> list.writeTo(html));
    return html.close().finish();
  }

  String text() {
    return String.join("\n", lists.stream().map(Listing::text).toList());
  }
}
