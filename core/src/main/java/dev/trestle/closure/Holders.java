package dev.trestle.closure;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whose value a {@link Survey} is looking at, and how many bytes each holder's value takes: the
 * ground for messages that a user can act upon.
 */
final class Holders {

  /** Above this a value belongs into shared memory; it would be copied once for each worker. */
  static final long LARGEST_MESSAGE = 64L << 20;

  private static final int HOLDERS_NAMED = 3;

  private record Open(Holder holder, long start) {}

  private record Measured(Holder holder, long bytes) {}

  private final Cargo cargo;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Measured> measured = new ArrayList<>();
  private final Meter meter = new Meter();

  Holders(Cargo cargo) {
    this.cargo = cargo;
  }

  /** Takes the bytes of the survey. Throws CaptureException when they are too many. */
  OutputStream meter() {
    return meter;
  }

  /** Counts bytes that the survey does not write. */
  void grow(int bytes) {
    meter.add(bytes);
  }

  void enter(Holder holder) {
    open.push(new Open(holder, meter.bytes));
  }

  void leave() {
    measure(open.pop());
  }

  @SuppressWarnings("ReferenceEquality") // an equal object elsewhere is not the one at hand
  CaptureException cannotTravel(Object object) {
    boolean isDirect = open.isEmpty() || open.element().holder().value() == object;
    String type = Cargo.typeName(object.getClass());
    String fields = fields();
    String reason =
        fields.isEmpty() && isDirect
            ? type + " is not serialisable"
            : "%s %s %s, which is not serialisable"
                .formatted(
                    fields.isEmpty() ? "it" : "its field '" + fields + "'",
                    isDirect ? "holds" : "leads to",
                    type);
    return new CaptureException(explain(reason) + ". " + cargo.advice(object.getClass()));
  }

  /** Puts the holder's name in front of a reason. */
  String explain(String reason) {
    return "%s %s: %s".formatted(subject(), cargo.verdict, reason);
  }

  private String subject() {
    for (Open each : open) {
      switch (each.holder()) {
        case Holder.OfVariable(Variable variable, _) -> {
          return "%s, used by %s,".formatted(variable.name(), variable.usedBy());
        }
        case Holder.Root _, Holder.OfLambda _ -> {
          return each.holder().name();
        }
        case Holder.OfField _ -> {}
      }
    }
    return cargo.subject;
  }

  /** The fields that lead from the subject to the value at hand: {@code owner.thread}. */
  private String fields() {
    var path = new StringBuilder();
    for (Open each : open) {
      if (!(each.holder() instanceof Holder.OfField field)) {
        break;
      }
      path.insert(0, path.isEmpty() ? field.name() : field.name() + ".");
    }
    return path.toString();
  }

  private void measure(Open closed) {
    switch (closed.holder()) {
      case Holder.OfVariable _, Holder.OfLambda _ ->
          measured.add(new Measured(closed.holder(), meter.bytes - closed.start()));
      case Holder.Root _, Holder.OfField _ -> {}
    }
  }

  private CaptureException tooLarge() {
    open.forEach(this::measure);
    String largest =
        measured.stream()
            .sorted(Comparator.comparingLong(Measured::bytes).reversed())
            .limit(HOLDERS_NAMED)
            .map(each -> "%s %s".formatted(each.holder().name(), mebibytes(each.bytes())))
            .collect(Collectors.joining(", "));
    return new CaptureException(
        ("%s %s: it would take more than %s%s. Tables, arrays of primitives, and collections of texts"
                + " and numbers are shared instead of sent, so put large data into those"
                + " (Trestle.share, SharedArray.of); or read it inside the task")
            .formatted(
                cargo.subject,
                cargo.verdict,
                mebibytes(LARGEST_MESSAGE),
                largest.isEmpty() ? "" : ". Largest: " + largest));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private final class Meter extends OutputStream {
    private long bytes;
    private boolean isFull;

    @Override
    public void write(int b) {
      add(1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      add(length);
    }

    private void add(int length) {
      bytes += length;
      // Once only: the stream writes the rest of its buffer while the exception passes through it.
      if (bytes > LARGEST_MESSAGE && !isFull) {
        isFull = true;
        throw tooLarge();
      }
    }
  }
}
