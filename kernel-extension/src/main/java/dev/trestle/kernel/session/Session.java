package dev.trestle.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.trestle.kernel.engine.CellFailure;
import dev.trestle.kernel.engine.Engine;
import dev.trestle.kernel.protocol.Channel;
import dev.trestle.kernel.protocol.ConnectionFile;
import dev.trestle.kernel.protocol.Message;
import dev.trestle.kernel.protocol.Wire;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers a front end. Cells run one after another on one thread; questions about code are answered
 * on a second, and what comes through the control channel on a third, so that neither waits for a
 * cell.
 */
public final class Session implements AutoCloseable {
  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

  /** An interrupt is answered within a second. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(600);

  private final Engine engine;
  private final Language language;
  private final Consumer<String> log;
  private final Wire wire;
  private final Outputs outputs;
  private final CellInput input;
  private final Ticker ticker = new Ticker();
  private final History history;
  private final BlockingQueue<Message> cells = new LinkedBlockingQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger(); // of what was to be run
  private final Executor questions = singleThread("questions about code");
  private final Executor control = singleThread("control");
  private final CountDownLatch shutdown = new CountDownLatch(1);
  private int executionCount; // of the cells' thread

  /**
   * Takes the sockets and the standard streams; answers nothing yet.
   *
   * @param history where cells are kept for later sessions; null if they are not
   * @param log takes a line about each message that is ignored
   */
  public Session(
      ConnectionFile connection,
      Engine engine,
      Language language,
      @Nullable Path history,
      Consumer<String> log) {
    this.engine = engine;
    this.language = language;
    this.log = log;
    this.history = new History(history == null ? null : new HistoryFile(history, log));
    this.wire = new Wire(connection, this::receive, log);
    Message beginning = Message.unasked("start", new JsonObject());
    this.outputs = new Outputs(wire, new NotebookCell(0, beginning, wire, ticker));
    this.input = new CellInput(wire, outputs);
  }

  /** Where code's output goes. */
  public Outputs outputs() {
    return outputs;
  }

  public Wire wire() {
    return wire;
  }

  /**
   * Answers messages until one asks for the end.
   *
   * @param startUp code that runs before the first cell
   */
  public void serve(List<String> startUp) throws InterruptedException {
    open();
    Thread thread = new Thread(() -> runCells(startUp), "cells");
    thread.setDaemon(true);
    thread.start();
    shutdown.await();
  }

  /** Runs cells without a front end, for what the JVM learns from it about its own start. */
  public void rehearse(List<String> startUp, List<String> codes) {
    open();
    begin(startUp);
    for (String code : codes) {
      Message question = Message.unasked("complete_request", Json.of("code", code));
      answer(Channel.SHELL, question);
      runCell(Message.unasked("execute_request", Json.of("code", code)));
    }
  }

  private void open() {
    System.setOut(outputs.out());
    System.setErr(outputs.err());
    System.setIn(input);
    wire.send(Channel.IOPUB, Message.unasked("status", Json.of("execution_state", "starting")));
    wire.start();
  }

  private static Executor singleThread(String name) {
    return Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }

  /** On the thread of the sockets: hands on. */
  private void receive(Channel channel, Message message) {
    String type = message.type();
    if (channel == Channel.STDIN) {
      if (type.equals("input_reply")) {
        input.answer(message.text("value", ""));
      }
      return;
    }
    switch (type) {
      case "execute_request" -> {
        unanswered.incrementAndGet();
        cells.add(message);
      }
      case "comm_open", "comm_msg", "comm_close" -> cells.add(message);
      default -> {
        Executor executor = channel == Channel.CONTROL ? control : questions;
        executor.execute(() -> answer(channel, message));
      }
    }
  }

  private void answer(Channel channel, Message request) {
    busy(request);
    try {
      switch (request.type()) {
        case "kernel_info_request" -> reply(channel, request, language.describe());
        case "complete_request" ->
            reply(channel, request, Questions.complete(request, engine.help(), language));
        case "inspect_request" ->
            reply(channel, request, Questions.inspect(request, engine.help(), language));
        case "is_complete_request" ->
            reply(channel, request, Questions.isComplete(request, engine.help(), language));
        case "history_request" -> reply(channel, request, history.answer(request));
        case "comm_info_request" -> language.comm(request);
        case "interrupt_request" -> {
          interrupt();
          reply(channel, request, Json.of("status", "ok"));
        }
        case "shutdown_request" -> {
          JsonObject content = Json.of("status", "ok");
          content.addProperty("restart", request.flag("restart", false));
          reply(channel, request, content);
          shutdown.countDown();
        }
        default -> log.accept("ignored: a message of the type " + request.type());
      }
    } catch (RuntimeException | StackOverflowError e) {
      log.accept("%s failed: %s".formatted(request.type(), e));
      reply(
          channel,
          request,
          Json.error(e.getClass().getName(), String.valueOf(e.getMessage()), List.of()));
    } finally {
      idle(request);
    }
  }

  /** Also the cell that was asked for just before and does not run yet: it will in a moment. */
  private void interrupt() {
    long end = System.nanoTime() + PATIENCE;
    while (!engine.interrupt() && unanswered.get() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(A_MOMENT);
    }
  }

  private void begin(List<String> startUp) {
    NotebookCell beginning = outputs.current();
    for (String script : startUp) {
      try {
        engine.run(beginning, script);
      } catch (CellFailure failure) {
        System.err.println("A start-up script failed:");
        failure.traceback().forEach(System.err::println);
      }
    }
    beginning.flush();
  }

  private void runCells(List<String> startUp) {
    begin(startUp);
    while (true) {
      try {
        Message next = cells.take();
        if (next.type().equals("execute_request")) {
          try {
            runCell(next);
          } finally {
            unanswered.decrementAndGet();
          }
        } else {
          comm(next);
        }
      } catch (InterruptedException e) {
        log.accept("ignored: an interrupt of the cells' own thread");
      } catch (RuntimeException | Error e) {
        log.accept("a cell could not be run: " + e);
      }
    }
  }

  private void comm(Message message) {
    busy(message);
    try {
      language.comm(message);
    } finally {
      idle(message);
    }
  }

  private void runCell(Message request) {
    String code = request.text("code", "");
    boolean silent = request.flag("silent", false);
    boolean stored = !silent && !code.isBlank() && request.flag("store_history", true);
    int number = stored ? ++executionCount : executionCount;
    NotebookCell cell = new NotebookCell(number, request, wire, ticker);
    outputs.enter(cell);
    if (silent) {
      busy(request);
    } else {
      wire.sendWithNext(Channel.IOPUB, status(request, "busy"));
    }
    JsonObject reply;
    try {
      if (!silent) {
        JsonObject content = Json.of("code", code);
        content.addProperty("execution_count", number);
        cell.publish("execute_input", content);
      }
      reply = run(cell, code, silent, stored);
    } catch (CellFailure failure) {
      reply = failed(cell, silent, failure.name(), failure.message(), failure.traceback());
    } catch (RuntimeException | Error e) {
      // From the compiler, a renderer or want of memory; whatever happens, the front end gets an
      // answer.
      String message = String.valueOf(e.getMessage());
      reply = failed(cell, silent, e.getClass().getName(), message, List.of(e.toString()));
    }
    reply.addProperty("execution_count", number);
    cell.flush();
    boolean failed = !reply.get("status").getAsString().equals("ok");
    List<Message> waiting = new ArrayList<>();
    if (failed && request.flag("stop_on_error", true)) {
      cells.drainTo(waiting);
    }
    reply(Channel.SHELL, request, reply);
    idle(request);
    waiting.forEach(this::abort);
  }

  private static JsonObject failed(
      NotebookCell cell, boolean silent, String name, String message, List<String> traceback) {
    if (!silent) {
      cell.publish("error", Json.failure(name, message, traceback));
    }
    return Json.error(name, message, traceback);
  }

  private JsonObject run(NotebookCell cell, String code, boolean silent, boolean stored)
      throws CellFailure {
    @Nullable DisplayData result;
    try {
      result = value(cell, code);
    } catch (CellFailure failure) {
      if (stored) {
        history.add(cell.number(), code, null);
      }
      throw failure;
    }
    if (stored) {
      history.add(cell.number(), code, text(result));
    }
    if (result != null && !silent) {
      JsonObject content = MimeBundle.json(result);
      content.addProperty("execution_count", cell.number());
      cell.publishWithReply("execute_result", content);
    }
    JsonObject reply = Json.of("status", "ok");
    reply.add("payload", new JsonArray());
    reply.add("user_expressions", expressions(cell));
    return reply;
  }

  private JsonObject expressions(NotebookCell cell) {
    JsonObject answers = new JsonObject();
    JsonElement asked = cell.request().content().get("user_expressions");
    if (asked != null && asked.isJsonObject() && asked.getAsJsonObject().size() > 0) {
      wire.wake(); // they may take long, and the result is to be seen
      for (Map.Entry<String, JsonElement> each : asked.getAsJsonObject().entrySet()) {
        answers.add(each.getKey(), expression(cell, each.getValue().getAsString()));
      }
    }
    return answers;
  }

  private JsonObject expression(NotebookCell cell, String code) {
    try {
      @Nullable DisplayData value = value(cell, code);
      JsonObject answer = MimeBundle.json(value == null ? new DisplayData("null") : value);
      answer.remove("transient");
      answer.addProperty("status", "ok");
      return answer;
    } catch (CellFailure failure) {
      return Json.error(failure.name(), failure.message(), failure.traceback());
    }
  }

  private @Nullable DisplayData value(NotebookCell cell, String code) throws CellFailure {
    return engine.runThen(cell, language.withoutMagics(code), value -> look(cell, value));
  }

  private @Nullable DisplayData look(NotebookCell cell, Object value) {
    return switch (value) {
      // IJava's display(...) returns the id it made up; as the last line it would be the result.
      case String id when cell.hasDisplayed(id) -> null;
      case DisplayData data -> data;
      default -> language.render(value);
    };
  }

  private static @Nullable String text(@Nullable DisplayData result) {
    Object text = result == null ? null : result.getData(MIMEType.TEXT_PLAIN);
    return text == null ? null : text.toString();
  }

  /** A cell that was waiting when an earlier one failed. */
  private void abort(Message request) {
    if (request.type().equals("execute_request")) {
      unanswered.decrementAndGet();
      busy(request);
      JsonObject content = Json.of("status", "aborted");
      content.addProperty("execution_count", executionCount);
      reply(Channel.SHELL, request, content);
      idle(request);
    } else {
      comm(request);
    }
  }

  /** To be followed by {@link #idle}. */
  private void reply(Channel channel, Message request, JsonObject content) {
    String type = request.type().replaceFirst("_request$", "_reply");
    wire.sendWithNext(channel, request.answer(type, content));
  }

  private void busy(Message request) {
    wire.send(Channel.IOPUB, status(request, "busy"));
  }

  private void idle(Message request) {
    wire.send(Channel.IOPUB, status(request, "idle"));
  }

  private static Message status(Message request, String state) {
    return request.broadcast("status", Json.of("execution_state", state));
  }

  @Override
  public void close() throws InterruptedException, IOException {
    wire.close();
  }
}
