package dev.trestle.kernel;

import dev.trestle.Trestle;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/**
 * Trestle in a JJava kernel, which finds this class by itself once the jar is in its class path.
 *
 * <p>JJava comes from IJava and has its classes under other names; what is written for IJava is led
 * there.
 */
public final class JJavaExtension implements Extension {
  private static final String IMPORTS =
      """
      import dev.trestle.*;
      import tech.tablesaw.api.*;
      import tech.tablesaw.io.csv.CsvReadOptions;
      import static tech.tablesaw.aggregate.AggregateFunctions.*;
      import static dev.trestle.kernel.Notebook.workers;
      """;

  /** All that is shown by magics and renderers of ours. */
  private static final List<String> MIME_TYPES =
      List.of("text/plain", "text/html", "image/png", Charts.PLOTLY);

  @Override
  public void install(BaseKernel kernel) {
    Screen screen =
        new Screen(
            data -> kernel.display(inJJava(data)), complaint -> System.err.println(complaint));
    addMagics(kernel, new JJavaHost(kernel, screen));
    JJavaClassFiles.open(kernel);
    addRenderers(kernel);
    Trestle.showProgress(() ->
        new LiveCall(
            new LiveOutput(
                data -> kernel.display(inJJava(data)),
                data -> kernel.getIO().display.updateDisplay(inJJava(data))),
            new MemoryGauge()::read));
    kernel.eval(IMPORTS);
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Trestle.showProgress(null);
    Notebook.stop();
  }

  private static void addMagics(BaseKernel kernel, JJavaHost host) {
    NamedMagics magics = new NamedMagics();
    TrestleMagics.register(TrestleMagics.forKernel(host, List::of), magics);
    for (String name : magics.names(false)) {
      kernel
          .getMagicsRegistry()
          .registerLineMagic(
              name, (any, arguments) -> none(magics.applyLineMagic(name, arguments)));
    }
    for (String name : magics.names(true)) {
      kernel
          .getMagicsRegistry()
          .registerCellMagic(
              name, (any, arguments, body) -> none(magics.applyCellMagic(name, arguments, body)));
    }
  }

  /** JJava would show what IJava takes for nothing: an empty text. */
  private static @Nullable Object none(@Nullable Object result) {
    return "".equals(result) ? null : result;
  }

  private static void addRenderers(BaseKernel kernel) {
    var renderer = new io.github.spencerpark.jupyter.kernel.display.Renderer();
    dev.trestle.kernel.Extension.registerRenderers(renderer);
    for (Class<?> type : dev.trestle.kernel.Extension.RENDERED) {
      kernel
          .getRenderer()
          .createRegistration(type)
          .preferring("text/plain", "text/html")
          .register((value, context) ->
              context.getOutputContainer().assign(inJJava(renderer.render(value))));
    }
  }

  static DisplayData inJJava(io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
    DisplayData copy = new DisplayData();
    for (String type : MIME_TYPES) {
      Object content = data.getData(MIMEType.parse(type));
      if (content != null) {
        copy.putData(type, content);
      }
    }
    if (data.hasDisplayId()) {
      // Not setDisplayId: after 1.0-a6 it returns something, and code compiled with either of the
      // two finds no such method in the other.
      copy.putTransientData(
          io.github.spencerpark.jupyter.kernel.display.DisplayData.DISPLAY_ID_KEY,
          data.getDisplayId());
    }
    return copy;
  }
}
