package dev.trestle.kernel;

import dev.trestle.SharedArray;
import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.memory.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.Table;

/** {@code %share}. */
@Command(
    customSynopsis = {
      "%%share NAME [--keep|--keep-on-disk] [--replace]",
      "%%share NAME = EXPRESSION|FILE [--keep|--keep-on-disk] [--replace]"
    },
    description = "Puts a table or an array into shared memory.")
final class ShareMagic implements LineMagic {
  private static final Pattern TRAILING_OPTION =
      Pattern.compile("(.*?)\\s+(--(?:keep|keep-on-disk|replace))\\s*", Pattern.DOTALL);

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME = EXPRESSION|FILE",
      description = {
        "Alone: of a variable with a table or an array, and of what is shared.",
        "With an expression or a file (.csv, .tsv, .parquet, .arrow): the variable that then has"
            + " the shared table or array, too."
      })
  private List<String> words = new ArrayList<>();

  @Option(names = "--keep", description = "It stays when the kernel ends.")
  private boolean keep;

  @Option(names = "--keep-on-disk", description = "It stays through a restart of the machine.")
  private boolean keepOnDisk;

  @Option(names = "--replace", description = "In place of one that has the name.")
  private boolean replace;

  @Override
  public void run(Host host) throws Exception {
    String line = options(String.join(" ", words)).strip();
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).strip();
    String source = equals < 0 ? "" : line.substring(equals + 1).strip();
    if (name.isEmpty() || name.contains(" ") || (equals >= 0 && source.isEmpty())) {
      throw new MagicMistake("does not take '%s'.".formatted(line));
    }
    long start = System.nanoTime();
    Object shared = shared(host, name, source);
    if (keepOnDisk) {
      Trestle.keepOnDisk(name);
    } else if (keep) {
      Trestle.keep(name);
    }
    if (!source.isEmpty()) {
      AttachMagic.define(host, AttachMagic.variableFor(name), shared);
    }
    host.screen().say(sentence(shared, Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Takes options off the end: behind an equals sign all words are one. */
  private String options(String line) {
    String rest = line;
    for (Matcher m = TRAILING_OPTION.matcher(rest);
        m.matches();
        m = TRAILING_OPTION.matcher(rest)) {
      switch (m.group(2)) {
        case "--keep" -> keep = true;
        case "--replace" -> replace = true;
        default -> keepOnDisk = true;
      }
      rest = m.group(1);
    }
    return rest;
  }

  private Object shared(Host host, String name, String source) throws Exception {
    if (!source.isEmpty() && SharedFile.isFile(source)) {
      return new SharedFile(source).share(name, replace);
    }
    String expression = source.isEmpty() ? name : source;
    if (source.isEmpty() && !host.variableNames().contains(name)) {
      throw new MagicMistake("finds no variable '%s'.".formatted(name));
    }
    Object value = host.run(expression);
    return switch (value) {
      case null ->
          throw new MagicMistake("finds nothing in '%s': it is null.".formatted(expression));
      case SharedTable table -> share(name, table.table());
      case Table table -> share(name, table);
      case SharedArray array -> share(name, array);
      case Object array when array.getClass().isArray() ->
          replace ? Trestle.replaceArrayOf(name, array) : Trestle.arrayOf(name, array);
      default ->
          throw new MagicMistake(
              "shares tables, arrays and files, and '%s' is of %s."
                  .formatted(expression, value.getClass().getName()));
    };
  }

  private SharedTable share(String name, Table table) {
    return replace ? Trestle.replace(name, table) : Trestle.share(name, table);
  }

  /** A copy, of the part that the object shows: other than tables, arrays can be written to. */
  private SharedArray share(String name, SharedArray array) {
    SharedArray copy =
        replace
            ? Trestle.replaceArray(name, array.type(), array.shape())
            : Trestle.array(name, array.type(), array.shape());
    return copy.copyFrom(array);
  }

  private static String sentence(Object shared, Duration took) {
    return switch (shared) {
      case SharedTable table ->
          "%s: %s, held once: %s in %s, shared in %s"
              .formatted(
                  table.name(),
                  TableHtml.shape(table.rowCount(), table.columnNames().size()),
                  ByteSize.format(table.bytes()),
                  table.location().getParent(),
                  TimeSpan.format(took));
      case SharedArray array ->
          "%s, shared in %s".formatted(ArrayHtml.caption(array), TimeSpan.format(took));
      default -> throw new IllegalStateException("neither a table nor an array: " + shared);
    };
  }
}
