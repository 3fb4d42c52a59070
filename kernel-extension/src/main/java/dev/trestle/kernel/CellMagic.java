package dev.trestle.kernel;

import java.util.List;

/**
 * A cell magic: an object for one call of it, whose fields picocli fills with what its line says.
 */
interface CellMagic {
  /**
   * Does it, and shows what there is to show.
   *
   * @param body the cell without the line of the magic; its first line is the second of the cell
   * @throws MagicMistake if the line is not one that it takes
   * @throws Exception if what it is to do fails: the cell fails with it
   */
  void run(Host host, String body) throws Exception;

  /** Words that the line may have besides options, for completion. */
  default List<String> words() {
    return List.of();
  }
}
