package dev.trestle.kernel.session;

import com.google.gson.JsonObject;
import dev.trestle.kernel.protocol.Message;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a notebook's cells are written in beyond plain Java, and how values look. */
public interface Language {
  /** Cell text with its magics as Java; as many lines as before, where lines of Java remain. */
  String withoutMagics(String code);

  /** The names of line magics, or of cell magics, without percent signs. */
  List<String> magics(boolean ofCells);

  /** The Java in a cell's text, each character in its place: magics are blank. */
  String javaOf(String code);

  /** Whether the code is a cell magic that waits for the lines below it. */
  boolean isMagicWithoutBody(String code);

  /** What can stand behind the name of a magic. */
  List<String> magicWords(String name, boolean ofCells);

  /** How a magic is used, whose name has its percent signs; null if it does not say. */
  @Nullable String magicHelp(String name);

  /** How a value looks; may run code of the user. */
  DisplayData render(Object value);

  /** The content of the reply to a kernel_info_request. */
  JsonObject describe();

  /** Takes a message of a front end's widget, and answers it if it wants an answer. */
  void comm(Message message);
}
