package dev.trestle.kernel;

import dev.trestle.Trestle;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %drop}. */
@Command(description = "Removes shared tables and arrays; whoever has one attached keeps it.")
final class DropMagic implements LineMagic {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Of a table or an array.")
  private List<String> names = new ArrayList<>();

  @Override
  public List<String> words() {
    return StoredNames.all();
  }

  @Override
  public void run(Host host) {
    List<String> there = StoredNames.all();
    for (String name : names) {
      if (!there.contains(name)) {
        throw StoredNames.missing(name);
      }
    }
    for (String name : names) {
      Trestle.drop(name);
    }
    host.screen().say("Dropped: " + String.join(", ", names));
  }
}
