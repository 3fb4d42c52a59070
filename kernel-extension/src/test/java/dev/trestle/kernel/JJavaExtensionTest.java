package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Trestle;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import jdk.jshell.JShell;
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
    kernel.shell.close();
    Trestle.store().close(); // which a magic has opened
  }

  /** JJava's kernel without its JShell, which is not on Maven Central. */
  private static final class Kernel extends BaseKernel {
    private final List<String> evaluated = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>(); // by the code that gives them
    private final JShell shell = JShell.builder().executionEngine("local").build();
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
      return values.get(code);
    }

    /** As in JJava's {@code JavaKernel}. */
    public JShell getJShell() {
      return shell;
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

  @Test
  void aVariableIsSharedAndTheMagicIsNoResult() throws Exception {
    kernel.shell.eval("int numbers;");
    kernel.values.put("numbers", Table.create("numbers", IntColumn.create("n", 1, 2)));
    assertNull(kernel.getMagicsRegistry().evalLineMagic(kernel, "share", List.of("numbers")));
    assertEquals(2, Trestle.attach("numbers").rowCount());
  }

  /** Has what it was given to define in the way of JJava's. */
  private static final class Delegate {
    private final Map<String, byte[]> declaredClasses = new HashMap<>();
    private final Loader loader = new Loader();

    private final class Loader extends URLClassLoader {
      Loader() {
        super(new URL[0]);
      }

      @Override
      protected void addURL(URL url) {
        super.addURL(url);
      }

      @Override
      public String toString() {
        return "loader of " + declaredClasses.keySet();
      }
    }
  }

  @Test
  void theClassFilesOfANotebookCanBeReadBackFromItsLoader() throws Exception {
    Delegate delegate = new Delegate();
    JJavaClassFiles.open(delegate.loader);
    delegate.declaredClasses.put("REPL.$JShell$7", new byte[] {1, 2, 3});
    URL file = delegate.loader.findResource("REPL/$JShell$7.class");
    assertArrayEquals(new byte[] {1, 2, 3}, file.openStream().readAllBytes());
    assertNull(delegate.loader.findResource("REPL/$JShell$8.class"));
    assertThrows(ClassNotFoundException.class, () -> delegate.loader.loadClass("REPL.Nothing"));
  }
}
