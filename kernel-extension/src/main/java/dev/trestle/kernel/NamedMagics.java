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
  @SuppressWarnings("TypeParameterUnusedInFormals") // as in IJava
  public <T> T applyLineMagic(String name, List<String> arguments) throws Exception {
    require("%", name, ofLines);
    return super.applyLineMagic(name, arguments);
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // as in IJava
  public <T> T applyCellMagic(String name, List<String> arguments, String body) throws Exception {
    require("%%", name, ofCells);
    return super.applyCellMagic(name, arguments, body);
  }

  private static void require(String sign, String name, Set<String> names) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "there is no magic %s%s%s; %%lsmagic lists them"
              .formatted(
                  sign,
                  name,
                  Nearest.to(name, names)
                      .map(nearest -> ", did you mean %s%s?".formatted(sign, nearest))
                      .orElse("")));
    }
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
