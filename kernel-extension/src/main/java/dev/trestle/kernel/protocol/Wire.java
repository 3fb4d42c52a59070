package dev.trestle.kernel.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final String WAKING = "inproc://waking";

  private record Parcel(Channel channel, List<byte[]> frames) {}

  private final ZMQ.Context context = ZMQ.context(1);
  private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
  private final ZMQ.Socket heartbeat;
  private final ZMQ.Socket woken;
  private final ZMQ.Socket waking; // guarded by itself
  private final Frames frames;
  private final Consumer<String> log;
  private final Queue<Parcel> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean wakePending = new AtomicBoolean();
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
    woken = socket(SocketType.PULL);
    woken.bind(WAKING);
    waking = socket(SocketType.PUSH);
    waking.connect(WAKING);
    thread =
        new Thread(
            () -> {
              try (var _ = new BatchScheduling()) {
                serve(receiver);
              }
            },
            "jupyter messages");
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
    outgoing.add(new Parcel(channel, frames.of(message)));
    wake();
  }

  private void wake() {
    if (wakePending.compareAndSet(false, true)) {
      synchronized (waking) {
        if (open) {
          waking.send(new byte[0], ZMQ.DONTWAIT);
        }
      }
    }
  }

  private void serve(BiConsumer<Channel, Message> receiver) {
    ZMQ.Poller poller = context.poller(5);
    poller.register(woken, ZMQ.Poller.POLLIN);
    poller.register(heartbeat, ZMQ.Poller.POLLIN);
    List<Channel> read = List.of(Channel.CONTROL, Channel.SHELL, Channel.STDIN);
    read.forEach(channel -> poller.register(socket(channel), ZMQ.Poller.POLLIN));
    while (open) {
      poller.poll(-1);
      if (poller.pollin(0)) {
        woken.recv(ZMQ.DONTWAIT);
      }
      if (poller.pollin(1)) {
        heartbeat.send(heartbeat.recv());
      }
      for (int i = 0; i < read.size(); i++) {
        if (poller.pollin(2 + i)) {
          receive(read.get(i), receiver);
        }
      }
      sendAll();
    }
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

  private void sendAll() {
    wakePending.set(false);
    for (Parcel next = outgoing.poll(); next != null; next = outgoing.poll()) {
      ZMQ.Socket socket = socket(next.channel());
      int last = next.frames().size() - 1;
      for (int i = 0; i < last; i++) {
        socket.sendMore(next.frames().get(i));
      }
      socket.send(next.frames().get(last));
    }
  }

  /** Sends what waits to be sent, and ends. */
  @Override
  public void close() throws InterruptedException {
    synchronized (waking) {
      open = false;
      waking.send(new byte[0], ZMQ.DONTWAIT);
    }
    thread.join(LINGER);
    sendAll();
    sockets.values().forEach(ZMQ.Socket::close);
    List.of(heartbeat, woken, waking).forEach(ZMQ.Socket::close);
    context.close();
  }
}
