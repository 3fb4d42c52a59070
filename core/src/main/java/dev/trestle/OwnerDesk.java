package dev.trestle;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import dev.trestle.closure.StandIns;
import dev.trestle.store.Catalogue;
import dev.trestle.worker.Owner;
import dev.trestle.worker.OwnerLine;
import dev.trestle.worker.Question;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** In an owner: another process. */
final class OwnerDesk implements Desk {
  /** Of all owners in this JVM; what they share is what is known of the notebook's classes. */
  private static final ClosureEncoder ENCODER = new ClosureEncoder(StandIns.NONE);

  private static final Map<Question<?>, Message> CONSTANT = new ConcurrentHashMap<>();

  private final transient OwnerLine line;
  private final transient @Nullable Owner owner;
  private final transient @Nullable Store store;
  private final Address address;
  private transient volatile boolean isClosed;

  private record Address(String name, long pid, String socket) implements Serializable {}

  private OwnerDesk(Address address, @Nullable Owner owner, @Nullable Store store) {
    this.address = address;
    this.owner = owner;
    this.store = store;
    this.line = new OwnerLine(address.name, address.pid, Path.of(address.socket), owner);
  }

  static Desk open(String name, Store store, Computation<?> maker) {
    try (var parcels = new PoolParcels(store.catalogue());
        var carried = new TableCourier(store.catalogue(), parcels)) {
      Owner owner =
          Owner.start(
              name,
              store.catalogue().sessionFolder(),
              store.workerProperties(),
              DefaultFolders.startCaches(),
              ENCODER.with(carried),
              (@Nullable Object none) -> maker.get());
      return new OwnerDesk(new Address(name, owner.pid(), owner.socket().toString()), owner, store);
    }
  }

  @Override
  public String name() {
    return address.name;
  }

  @Override
  public long pid() {
    return address.pid;
  }

  @Override
  public String tag() {
    return "answer" + address.pid;
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public @Nullable Object ask(Question<?> question, @Nullable Object... arguments) {
    if (question.isConstant()) {
      return line.ask(CONSTANT.computeIfAbsent(question, ENCODER::encodeTask), ENCODER, arguments);
    }
    try (var carried = TableCourier.ofQuestion(this::catalogue)) {
      ClosureEncoder encoder = ENCODER.with(carried);
      return line.ask(encoder.encodeTask(question), encoder, arguments);
    }
  }

  private Catalogue catalogue() {
    return (store == null ? Trestle.store() : store).catalogue();
  }

  @Override
  public void close() {
    Owner own = owner;
    if (own == null) {
      throw new IllegalStateException(
          "served '%s' can be closed only in the process that serves it".formatted(name()));
    }
    isClosed = true;
    own.close();
    line.close();
    if (!catalogue().isClosed()) {
      catalogue().results().discard(tag());
    }
  }

  private Object writeReplace() {
    return new Handle(address);
  }

  private record Handle(Address address) implements Serializable {
    private Object readResolve() {
      return new OwnerDesk(address, null, null);
    }
  }
}
