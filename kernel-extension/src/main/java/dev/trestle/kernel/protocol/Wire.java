package dev.trestle.kernel.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The kernel's sockets. One thread owns them all, since a ZeroMQ socket may not be shared; other
 * threads leave messages in a queue and wake it.
 */
public final class Wire implements AutoCloseable {
  private static final int LINGER = 1_000; // ms that the last messages have to get out

  private static final List<Channel> READ = List.of(Channel.CONTROL, Channel.SHELL, Channel.STDIN);

  private record Parcel(Channel channel, List<byte[]> frames) {}

  private final ZMQ.Context context = ZMQ.context(1);
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final ZMQ.Socket heartbeat;
  private final Selector selector; // of the socket's signals, and to be woken
  private final Frames frames;
  private final Consumer<String> log;
  private final Queue<Parcel> outgoing = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean open = true;

  /**
   * Binds the sockets; nothing is read yet.
   *
   * @param receiver called for each good message, on the thread that owns the sockets: it must hand
   *     work on and return
   * @param log takes a line about each thing that is ignored
   */
  public Wire(
      ConnectionFile connection, BiConsumer<Channel, Message> receiver, Consumer<String> log) {
    this.frames = new Frames(new Signature(connection.signatureScheme(), connection.key()));
    this.log = log;
    try (var _ = new BatchScheduling()) { // the first socket starts ZeroMQ's own threads
      bind(Channel.SHELL, SocketType.ROUTER, connection.address(connection.shell()));
    }
    bind(Channel.CONTROL, SocketType.ROUTER, connection.address(connection.control()));
    bind(Channel.STDIN, SocketType.ROUTER, connection.address(connection.stdin()));
    bind(Channel.IOPUB, SocketType.PUB, connection.address(connection.iopub()));
    heartbeat = socket(SocketType.REP);
    heartbeat.bind(connection.address(connection.heartbeat()));
    selector = selector();
    thread = new Thread(() -> serve(receiver), "jupyter messages");
    thread.setDaemon(true);
  }

  private void bind(Channel channel, SocketType type, String address) {
    ZMQ.Socket socket = socket(type);
    // Else ZeroMQ throws output away once a thousand messages wait for a slow front end.
    socket.setHWM(0);
    socket.bind(address);
    sockets.put(channel, socket);
  }

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger(LINGER);
    return socket;
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  /** The context that the sockets belong to, for one who needs another in the same process. */
  public ZMQ.Context context() {
    return context;
  }

  /** Sends a message soon; messages leave in the order in which they were given. Any thread. */
  public void send(Channel channel, Message message) {
    sendWithNext(channel, message);
    wake();
  }

  /**
   * Sends a message with the next that is sent, or after {@link #wake}: to wake each thread on the
   * way takes more time than all else that is done for a message.
   */
  public void sendWithNext(Channel channel, Message message) {
    outgoing.add(new Parcel(channel, frames.of(message)));
  }

  /** Has all leave now that waits. */
  public void wake() {
    selector.wakeup();
  }

  private Selector selector() {
    try {
      Selector opened = Selector.open();
      for (Channel channel : READ) {
        socket(channel).getFD().register(opened, SelectionKey.OP_READ);
      }
      heartbeat.getFD().register(opened, SelectionKey.OP_READ);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel's sockets cannot be waited for", e);
    }
  }

  /**
   * Waits on what ZeroMQ calls the sockets' descriptors (ZMQ_FD). They tell that a socket may have
   * changed, not that there is a message, and not again of what a call has seen meanwhile: so all
   * are looked at until there is nothing left to do.
   */
  @SuppressWarnings("ThreadPriorityCheck") // to yield saves time, and nothing relies on it
  private void serve(BiConsumer<Channel, Message> receiver) {
    try {
      while (open) {
        if (!receiveAll(receiver) && !sendAll()) {
          Thread.yield(); // to one who has signalled and not yet counted it: see BatchScheduling
          selector.select();
          selector.selectedKeys().clear();
        }
      }
    } catch (IOException e) {
      log.accept("the kernel's sockets cannot be waited for: " + e);
    }
  }

  private boolean receiveAll(BiConsumer<Channel, Message> receiver) {
    boolean isAny = false;
    for (Channel channel : READ) {
      while (hasMessage(socket(channel))) {
        receive(channel, receiver);
        isAny = true;
      }
    }
    while (hasMessage(heartbeat)) {
      heartbeat.send(heartbeat.recv());
      isAny = true;
    }
    return isAny;
  }

  private static boolean hasMessage(ZMQ.Socket socket) {
    return (socket.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  private ZMQ.Socket socket(Channel channel) {
    return java.util.Objects.requireNonNull(sockets.get(channel));
  }

  private void receive(Channel channel, BiConsumer<Channel, Message> receiver) {
    ZMQ.Socket socket = socket(channel);
    List<byte[]> received = new ArrayList<>();
    do {
      received.add(socket.recv());
    } while (socket.hasReceiveMore());
    try {
      receiver.accept(channel, frames.parse(received));
    } catch (BadMessageException | RuntimeException e) {
      log.accept("ignored on the %s channel: %s".formatted(channel, e.getMessage()));
    }
  }

  private boolean sendAll() {
    boolean isAny = false;
    for (Parcel next = outgoing.poll(); next != null; next = outgoing.poll()) {
      ZMQ.Socket socket = socket(next.channel());
      int last = next.frames().size() - 1;
      for (int i = 0; i < last; i++) {
        socket.sendMore(next.frames().get(i));
      }
      socket.send(next.frames().get(last));
      isAny = true;
    }
    return isAny;
  }

  /** Sends what waits to be sent, and ends. */
  @Override
  public void close() throws InterruptedException, IOException {
    open = false;
    wake();
    thread.join(LINGER);
    sendAll();
    selector.close();
    sockets.values().forEach(ZMQ.Socket::close);
    heartbeat.close();
    context.close();
  }
}
