package dev.trestle.kernel;

import dev.trestle.Stored;
import dev.trestle.StoredArray;
import dev.trestle.StoredTable;
import dev.trestle.memory.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** What {@code %tables} shows: the tables of a store, its arrays, and which are damaged. */
final class CatalogueListing {
  private final List<Listing> lists = new ArrayList<>();

  /** At least one of the two is not empty. */
  CatalogueListing(List<StoredTable> tables, List<StoredArray> arrays, Readers readers) {
    add(tables, readers, CatalogueListing::tables);
    add(arrays, readers, CatalogueListing::arrays);
    List<Stored> all = new ArrayList<>(tables);
    all.addAll(arrays);
    List<Stored> damaged = all.stream().filter(stored -> stored.damage() != null).toList();
    if (!damaged.isEmpty()) {
      lists.add(damaged(damaged, readers));
    }
  }

  private <T extends Stored> void add(
      List<T> all, Readers readers, BiFunction<List<T>, Readers, Listing> listing) {
    List<T> whole = all.stream().filter(stored -> stored.damage() == null).toList();
    if (!whole.isEmpty()) {
      lists.add(listing.apply(whole, readers));
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
          String.valueOf(a.type()),
          a.shape(),
          ByteSize.format(a.bytes()),
          held(a),
          readers.owner(a),
          a.age(),
          readers.names(a.mappedBy()));
    }
    return list;
  }

  private static Listing damaged(List<Stored> damaged, Readers readers) {
    Listing list =
        new Listing("damaged, to %drop", "#size", "held", "owner", "age", "what is wrong");
    for (Stored stored : damaged) {
      list.add(
          stored.name(),
          ByteSize.format(stored.bytes()),
          held(stored),
          readers.owner(stored),
          stored.age(),
          String.valueOf(stored.damage()));
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
