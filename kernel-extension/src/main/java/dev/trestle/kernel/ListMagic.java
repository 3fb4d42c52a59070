package dev.trestle.kernel;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code %lsmagic}. */
@Command(description = "Lists the magics; %%name? or %%name --help explains one.")
final class ListMagic implements LineMagic {
  private final Supplier<Listing> list;
  private final Supplier<List<String>> others;

  /**
   * @param others the names of magics that are not Trestle's, with percent signs
   */
  ListMagic(Supplier<Listing> list, Supplier<List<String>> others) {
    this.list = list;
    this.others = others;
  }

  @Override
  public void run(Host host) {
    Listing all = list.get();
    List<String> more = others.get();
    if (!more.isEmpty()) {
      all.add(String.join(", ", more), "come with IJava");
    }
    host.screen().show(all.text(), all.html());
  }
}
