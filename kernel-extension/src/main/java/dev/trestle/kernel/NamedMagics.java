package dev.trestle.kernel;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** IJava's register of magics, which can tell the names in it. */
final class NamedMagics extends Magics {
  private final Set<String> ofLines = ConcurrentHashMap.newKeySet();
  private final Set<String> ofCells = ConcurrentHashMap.newKeySet();

  /** Without percent signs, and without those that only explain another one. */
  List<String> names(boolean cellMagics) {
    return (cellMagics ? ofCells : ofLines)
        .stream().filter(name -> !name.endsWith("?")).sorted().toList();
  }

  @Override
  public void registerLineMagic(String name, LineMagicFunction<?> magic) {
    ofLines.add(name);
    super.registerLineMagic(name, magic);
  }

  @Override
  public void registerCellMagic(String name, CellMagicFunction<?> magic) {
    ofCells.add(name);
    super.registerCellMagic(name, magic);
  }

  @Override
  public <T extends LineMagicFunction<?> & CellMagicFunction<?>> void registerLineCellMagic(
      String name, T magic) {
    registerLineMagic(name, magic);
    registerCellMagic(name, magic);
  }
}
