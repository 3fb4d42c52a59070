package dev.trestle.worker;

import dev.trestle.closure.ClosureDecoder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * In an owner: keeps one object and answers what is asked about it, one question at a time.
 *
 * <p>Each asker has a connection and a thread that reads it, and answers it when it has its turn:
 * no request is handed from thread to thread.
 */
final class OwnerServer {
  private final ClosureDecoder decoder;
  private final Object object;
  private final ServerSocketChannel server;
  private final ReentrantLock turn = new ReentrantLock();
  private final AskerWatch watch = new AskerWatch();
  private byte @Nullable [] lastEncoded; // in turn, as what follows
  private @Nullable Question<Object> last;

  private OwnerServer(ClosureDecoder decoder, Path socket, Object object) throws IOException {
    this.decoder = decoder;
    this.object = object;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  /** Makes the object and begins to answer. */
  @SuppressWarnings("unchecked") // the parent sends nothing else
  static void open(ClosureDecoder decoder, Path socket, byte[] maker) throws Exception {
    var task = (WorkerTask<@Nullable Object, @Nullable Object>) decoder.decodeTask(maker);
    Thread.currentThread().setContextClassLoader(decoder.loader());
    Object object = task.run(null);
    if (object == null) {
      throw new IllegalArgumentException("there is nothing to serve: the object is null");
    }
    var opened = new OwnerServer(decoder, socket, object);
    Thread.ofPlatform().daemon().name("trestle-owner").start(opened::accept);
  }

  private void accept() {
    try {
      while (true) {
        var asker = new Asker(new Channel(server.accept()));
        Thread.ofPlatform().daemon().name("trestle-answers").start(() -> answer(asker));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(Asker asker) {
    var out = new Packet();
    byte[] question = {};
    watch.add(asker);
    try (asker) {
      Channel channel = asker.channel();
      while (true) {
        switch (channel.receive()) {
          case CODE -> decoder.learn(SentCode.read(channel.payload()));
          case QUESTION -> question = Scalar.bytes(channel.payload());
          case ASK -> {
            @Nullable Object[] arguments = arguments(channel.payload());
            watch.begins(asker);
            try {
              answer(question, arguments, out);
            } finally {
              asker.ends();
            }
            channel.send(out);
          }
          default -> throw new IOException("an asker sent what only others send");
        }
      }
    } catch (IOException e) {
      // the asker is gone
    } finally {
      watch.remove(asker);
    }
  }

  /** Runs user code: whatever it throws is the answer. */
  private void answer(byte[] question, @Nullable Object[] arguments, Packet out) {
    out.begin(Packet.Kind.ANSWER);
    int begin = out.position();
    try {
      turn.lockInterruptibly();
      try {
        answerInTurn(question(question), arguments, out);
      } catch (Throwable t) {
        last = null;
        throw t;
      } finally {
        turn.unlock();
      }
    } catch (Throwable t) {
      out.position(begin);
      Reply.putThrown(t, decoder, out);
    }
    out.end();
  }

  private void answerInTurn(Question<Object> asked, @Nullable Object[] arguments, Packet out)
      throws Exception {
    Object result = asked.answer(object, arguments);
    if (result instanceof Object[] several && several.getClass() == Object[].class) {
      Reply.putEach(several, asked::outgoing, decoder, out);
    } else {
      Reply.put(result, asked::outgoing, decoder, out);
    }
    if (!asked.isConstant()) {
      last = null;
    }
  }

  @SuppressWarnings("unchecked") // the askers send nothing else
  private Question<Object> question(byte[] encoded) {
    Question<Object> known = last;
    if (known == null || !Arrays.equals(encoded, lastEncoded)) {
      known = (Question<Object>) decoder.decodeTask(encoded);
      last = known;
      lastEncoded = encoded;
    }
    return Objects.requireNonNull(known);
  }

  private @Nullable Object[] arguments(ByteBuffer in) {
    @Nullable Object[] arguments = new @Nullable Object[in.getInt()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = Scalar.read(in.get(), in);
    }
    return arguments;
  }
}
