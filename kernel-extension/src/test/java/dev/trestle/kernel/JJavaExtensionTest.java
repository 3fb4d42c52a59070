package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Trestle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The extension in a kernel built on JJava's own classes. */
class JJavaExtensionTest {
  private final Kernel kernel = new Kernel();
  private final Extension extension = ServiceLoader.load(Extension.class).findFirst().orElseThrow();

  @BeforeEach
  void install() {
    extension.install(kernel);
  }

  @AfterEach
  void uninstall() {
    extension.uninstall(kernel);
    Trestle.store().close(); // which a magic has opened
  }

  /** JJava's kernel without its JShell, which is not on Maven Central. */
  private static final class Kernel extends BaseKernel {
    private final List<String> evaluated = new ArrayList<>();
    private final List<DisplayData> displayed = new ArrayList<>();

    Kernel() {
      super(
          "test",
          "1",
          new LanguageInfo.Builder("java").build(),
          List.of(),
          null,
          new JupyterIO(StandardCharsets.UTF_8),
          new CommManager(),
          new Renderer(),
          new MagicParser("%", "%%", new MagicTranspiler()),
          new MagicsRegistry(),
          false,
          new StringStyler.Builder().build());
    }

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public Object evalRaw(String code) {
      evaluated.add(code);
      return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extended) {
      return DisplayData.EMPTY;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return new ReplacementOptions(List.of(), at, at);
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_YES;
    }
  }

  private static String html(DisplayData data) {
    return (String) data.getData(MIMEType.TEXT_HTML);
  }

  @Test
  void itsMagicsAreThereAndShowWhatTheyFind() throws Exception {
    assertTrue(
        kernel
            .getMagicsRegistry()
            .getLineMagicNames()
            .containsAll(List.of("workers", "tables", "memory")));
    kernel.getMagicsRegistry().evalLineMagic(kernel, "workers", List.of());
    assertEquals(1, kernel.displayed.size());
    assertTrue(html(kernel.displayed.getFirst()).contains("There are no workers"));
  }

  @Test
  void aTableIsShownAsADataFrame() {
    Table table = Table.create("numbers", IntColumn.create("n", 1, 2));
    DisplayData shown = kernel.getRenderer().render(table);
    assertTrue(html(shown).contains("trestle-table"), html(shown));
    assertTrue(((String) shown.getData(MIMEType.TEXT_PLAIN)).contains("numbers"));
  }

  @Test
  void whatCellsNeedIsImported() {
    assertTrue(kernel.evaluated.getFirst().contains("import dev.trestle.*;"));
  }
}
