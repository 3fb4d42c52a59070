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
        var asker = new Channel(server.accept());
        Thread.ofPlatform().daemon().name("trestle-answers").start(() -> answer(asker));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(Channel asker) {
    var out = new Packet();
    byte[] question = {};
    try (asker) {
      while (true) {
        switch (asker.receive()) {
          case CODE -> decoder.learn(SentCode.read(asker.payload()));
          case QUESTION -> question = Scalar.bytes(asker.payload());
          case ASK -> {
            answer(question, asker.payload(), out);
            asker.send(out);
          }
          default -> throw new IOException("an asker sent what only others send");
        }
      }
    } catch (IOException e) {
      // the asker is gone
    }
  }

  /** Runs user code: whatever it throws is the answer. */
  private void answer(byte[] question, ByteBuffer arguments, Packet out) {
    out.begin(Packet.Kind.ANSWER);
    int begin = out.position();
    turn.lock();
    try {
      Question<Object> asked = question(question);
      Object result = asked.answer(object, arguments(arguments));
      if (result instanceof Object[] several && several.getClass() == Object[].class) {
        Reply.putEach(several, asked::outgoing, decoder, out);
      } else {
        Reply.put(result, asked::outgoing, decoder, out);
      }
      if (!asked.isConstant()) {
        last = null;
      }
    } catch (Throwable t) {
      last = null;
      out.position(begin);
      Reply.putThrown(t, decoder, out);
    } finally {
      turn.unlock();
      var _ = Thread.interrupted(); // set, it would close the socket
    }
    out.end();
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
