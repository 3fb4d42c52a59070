package dev.trestle.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Trestle's magics by name: calls them, explains them, and tells what they take.
 *
 * <p>A command line is made for each call, and none when the kernel starts.
 */
final class MagicBook {
  /** What a sentence quotes last: the first of its words; an option without its value. */
  private static final Pattern QUOTED = Pattern.compile(".*'([^' =]+)[^']*'");

  private final Host host;
  private final Map<String, Supplier<LineMagic>> ofLines = new TreeMap<>();
  private final Map<String, Supplier<CellMagic>> ofCells = new TreeMap<>();

  MagicBook(Host host) {
    this.host = host;
  }

  MagicBook line(String name, Supplier<LineMagic> maker) {
    ofLines.put(name, maker);
    return this;
  }

  MagicBook cell(String name, Supplier<CellMagic> maker) {
    ofCells.put(name, maker);
    return this;
  }

  /** The names of line magics, or of cell magics, without percent signs. */
  List<String> names(boolean cellMagics) {
    return List.copyOf(cellMagics ? ofCells.keySet() : ofLines.keySet());
  }

  /**
   * Calls a line magic.
   *
   * @throws Exception as the magic does
   */
  void runLine(String name, List<String> arguments) throws Exception {
    LineMagic magic = required(ofLines, name).get();
    run("%" + name, magic, arguments, () -> magic.run(host));
  }

  /**
   * Calls a cell magic.
   *
   * @throws Exception as the magic does
   */
  void runCell(String name, List<String> arguments, String body) throws Exception {
    CellMagic magic = required(ofCells, name).get();
    run("%%" + name, magic, arguments, () -> magic.run(host, body));
  }

  private interface Call {
    void run() throws Exception;
  }

  private void run(String name, Object magic, List<String> arguments, Call call) throws Exception {
    CommandLine line = commandLine(name, magic);
    try {
      line.parseArgs(arguments.toArray(String[]::new));
      if (line.isUsageHelpRequested()) {
        host.screen().say(usage(line));
        return;
      }
      call.run();
    } catch (UnmatchedArgumentException e) {
      String words = String.join(" ", e.getUnmatched());
      complain(line, magic, name, "%s does not take '%s'.".formatted(name, words));
    } catch (ParameterException e) {
      complain(line, magic, name, "%s: %s".formatted(name, e.getMessage()));
    } catch (MagicMistake e) {
      complain(line, magic, name, "%s %s".formatted(name, e.getMessage()));
    } catch (InternalError e) {
      throw Explained.rethrown(e);
    }
  }

  private void complain(CommandLine line, Object magic, String name, String sentence) {
    Matcher quoted = QUOTED.matcher(sentence);
    String meant =
        quoted.find()
            ? Nearest.to(quoted.group(1), takes(line, magic))
                .map(each -> " Did you mean '%s %s'?".formatted(name, each))
                .orElse("")
            : "";
    host.screen().complain(sentence + meant + "\n" + usage(line));
  }

  /** Shows how a magic is used; returns nothing worth knowing, as IJava wants something. */
  String explain(String name) {
    String help = help(name);
    host.screen().say(help == null ? "There is no magic " + name : help);
    return "";
  }

  /**
   * How a magic is used; null if there is none of that name.
   *
   * @param name with its percent signs
   */
  @Nullable String help(String name) {
    boolean ofCell = name.startsWith("%%");
    String bare = name.replaceFirst("^%+", "");
    Supplier<?> maker = ofCell ? ofCells.get(bare) : ofLines.get(bare);
    return maker == null ? null : usage(commandLine(name, maker.get()));
  }

  /** What can stand behind the name of a magic: options, and words such as the names of tables. */
  List<String> takes(String name, boolean cellMagic) {
    Supplier<?> maker = cellMagic ? ofCells.get(name) : ofLines.get(name);
    if (maker == null) {
      return List.of();
    }
    Object magic = maker.get();
    return takes(commandLine(name, magic), magic);
  }

  private static List<String> takes(CommandLine line, Object magic) {
    Stream<String> options = line.getCommandSpec().options().stream().map(OptionSpec::longestName);
    List<String> words =
        switch (magic) {
          case LineMagic each -> each.words();
          case CellMagic each -> each.words();
          default -> List.of();
        };
    return Stream.concat(words.stream(), options.filter(name -> !name.equals("--help"))).toList();
  }

  /** One line for each magic: its name and what it does. */
  Listing list() {
    Listing list = new Listing("magic", "does");
    add(list, "%", ofLines, names(false));
    add(list, "%%", ofCells, names(true));
    return list;
  }

  private static void add(
      Listing list, String sign, Map<String, ? extends Supplier<?>> makers, List<String> names) {
    for (String name : names) {
      CommandLine line = commandLine(sign + name, required(makers, name).get());
      list.add(sign + name, String.join(" ", line.getCommandSpec().usageMessage().description()));
    }
  }

  private static CommandLine commandLine(String name, Object magic) {
    CommandLine line = new CommandLine(magic);
    line.setCommandName(name);
    line.addMixin("help", new HelpOption());
    line.setExpandAtFiles(false); // a word that begins with @ is no file of more words
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static final class HelpOption {
    @CommandLine.Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;
  }

  private static String usage(CommandLine line) {
    return line.getUsageMessage(Ansi.OFF).stripTrailing();
  }

  private static <T> T required(Map<String, T> makers, String name) {
    T maker = makers.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("there is no magic " + name);
    }
    return maker;
  }
}
