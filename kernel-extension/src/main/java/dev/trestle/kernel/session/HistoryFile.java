package dev.trestle.kernel.session;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of all kernels of this user, one JSON object a line, for this user alone to read.
 * Several kernels append to it at the same time. What goes wrong with it is said once and costs
 * nothing but the history.
 */
public final class HistoryFile {
  private static final int MOST_BYTES = 1 << 20; // 1 MiB; the older half goes when it is more

  private final Path path;
  private final Consumer<String> log;
  private int session = 1;
  private boolean isBroken;

  public HistoryFile(Path path, Consumer<String> log) {
    this.path = path;
    this.log = log;
  }

  /**
   * Where it is by the environment: in the file that {@code TRESTLE_HISTORY} names, else in the XDG
   * state folder; null if that variable is {@code off}.
   */
  public static @Nullable Path place(Map<String, String> environment) {
    String named = environment.get("TRESTLE_HISTORY");
    if (named != null && !named.isBlank()) {
      return named.equals("off") ? null : Path.of(named);
    }
    String state = environment.get("XDG_STATE_HOME");
    Path folder =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return folder.resolve("trestle").resolve("history.jsonl");
  }

  /** The cells of earlier sessions; gives this session its number. Once, before the others. */
  List<HistoryEntry> earlier() {
    List<HistoryEntry> found = new ArrayList<>();
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel = open();
          var lock = channel.lock()) {
        String text =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        text.lines().forEach(line -> add(line, found));
        session = found.stream().mapToInt(HistoryEntry::session).max().orElse(0) + 1;
        if (channel.size() > MOST_BYTES) {
          found.subList(0, found.size() / 2).clear();
          channel.truncate(0);
          StringBuilder kept = new StringBuilder();
          found.forEach(entry -> kept.append(line(entry)));
          write(channel, kept.toString());
        }
        // So that a kernel which starts before this one has run a cell gets another number.
        write(channel, line(new HistoryEntry(session, 0, "", null)));
      }
    } catch (IOException e) {
      broken(e);
    }
    found.removeIf(entry -> entry.line() == 0);
    return found;
  }

  int session() {
    return session;
  }

  void append(HistoryEntry entry) {
    if (isBroken) {
      return;
    }
    try (FileChannel channel = open();
        var lock = channel.lock()) {
      write(channel, line(new HistoryEntry(entry.session(), entry.line(), entry.input(), null)));
    } catch (IOException e) {
      broken(e);
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String line(HistoryEntry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("session", entry.session());
    json.addProperty("line", entry.line());
    json.addProperty("input", entry.input());
    return json + "\n";
  }

  private static void add(String line, List<HistoryEntry> into) {
    try {
      JsonObject json = new JsonParser().parse(line).getAsJsonObject();
      into.add(
          new HistoryEntry(
              json.get("session").getAsInt(),
              json.get("line").getAsInt(),
              json.get("input").getAsString(),
              null));
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException e) {
      // Cut short by the death of a kernel.
    }
  }

  private void broken(IOException reason) {
    isBroken = true;
    log.accept("the history is not kept: " + reason);
  }
}
