package dev.trestle.kernel;

import java.util.List;

/**
 * A line magic: an object for one call of it, whose fields picocli fills with what the line says.
 */
interface LineMagic {
  /**
   * Does it, and shows what there is to show.
   *
   * @throws MagicMistake if the line is not one that it takes
   * @throws Exception if what it is to do fails: the cell fails with it
   */
  void run(Host host) throws Exception;

  /** Words that the line may have besides options, for completion. */
  default List<String> words() {
    return List.of();
  }
}
