package dev.trestle.kernel.engine;

/** Whether a text can be run as it is; the names are those of Jupyter's is_complete_reply. */
public sealed interface Completeness {

  /** It can be run. */
  record Complete() implements Completeness {}

  /** It cannot be run, whatever is added. */
  record Invalid() implements Completeness {}

  /**
   * More is to come.
   *
   * @param indent what the next line begins with
   */
  record Incomplete(String indent) implements Completeness {}
}
