package dev.trestle.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.trestle.kernel.protocol.Channel;
import dev.trestle.kernel.protocol.Message;
import dev.trestle.kernel.protocol.Wire;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;
import io.github.spencerpark.jupyter.messages.request.CommInfoRequest;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.zeromq.SocketType;

/** Leads the messages of widgets between the front end and IJava's comm manager. */
final class Comms {
  private static final Gson GSON = new Gson();

  private final CommManager manager;
  private final Wire wire;

  Comms(CommManager manager, Wire wire) {
    this.manager = manager;
    this.wire = wire;
    manager.setIOPubChannel(new ToWire());
  }

  void receive(Message message) {
    Answer answer = new Answer(message);
    switch (message.type()) {
      case "comm_open" ->
          manager.handleCommOpenCommand(answer, in(message, CommOpenCommand.MESSAGE_TYPE));
      case "comm_msg" ->
          manager.handleCommMsgCommand(answer, in(message, CommMsgCommand.MESSAGE_TYPE));
      case "comm_close" ->
          manager.handleCommCloseCommand(answer, in(message, CommCloseCommand.MESSAGE_TYPE));
      default -> manager.handleCommInfoRequest(answer, in(message, CommInfoRequest.MESSAGE_TYPE));
    }
    answer.resolveDeferrals();
  }

  private static <T> io.github.spencerpark.jupyter.messages.Message<T> in(
      Message message, MessageType<T> type) {
    Header<T> header =
        new Header<>(
            text(message, "msg_id"),
            text(message, "username"),
            text(message, "session"),
            KernelTimestamp.now(),
            type,
            Message.VERSION);
    T content = GSON.fromJson(message.content(), type.getContentType());
    return new io.github.spencerpark.jupyter.messages.Message<>(
        message.identities(), header, null, Map.of(), content, message.buffers());
  }

  private static String text(Message message, String field) {
    JsonElement value = message.header().get(field);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  private static JsonObject json(Object content) {
    return GSON.toJsonTree(content).getAsJsonObject();
  }

  /** What IJava sends to everyone. */
  private final class ToWire extends JupyterSocket {
    ToWire() {
      super(
          wire.context(),
          SocketType.PUB,
          HMACGenerator.NO_AUTH_INSTANCE,
          Logger.getLogger("dev.trestle.kernel"));
      super.close(); // nothing goes through a socket of its own
    }

    @Override
    public void bind(KernelConnectionProperties connection) {}

    @Override
    public synchronized void sendMessage(
        io.github.spencerpark.jupyter.messages.Message<?> message) {
      Message sent =
          Message.unasked(message.getHeader().getType().getName(), json(message.getContent()));
      wire.send(
          Channel.IOPUB,
          new Message(
              sent.identities(),
              sent.header(),
              sent.parent(),
              sent.metadata(),
              sent.content(),
              message.getBlobs() == null ? List.of() : message.getBlobs()));
    }
  }

  /** What IJava sends back to the one who asked. */
  private final class Answer extends ShellReplyEnvironment {
    private final Message request;

    @SuppressWarnings("NullAway") // IJava keeps them for messages that do not come here
    Answer(Message request) {
      super(null, null, null, null);
      this.request = request;
    }

    @Override
    public void setStatusBusy() {}

    @Override
    public void setBusyDeferIdle() {}

    @Override
    public void reply(io.github.spencerpark.jupyter.messages.Message<?> message) {
      JsonObject content = json(message.getContent());
      content.addProperty("status", "ok");
      wire.send(Channel.SHELL, request.answer(message.getHeader().getType().getName(), content));
    }

    @Override
    public void publish(io.github.spencerpark.jupyter.messages.Message<?> message) {
      wire.send(
          Channel.IOPUB,
          request.broadcast(message.getHeader().getType().getName(), json(message.getContent())));
    }
  }
}
