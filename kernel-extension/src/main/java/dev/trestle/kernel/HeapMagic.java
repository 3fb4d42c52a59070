package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code %heap} and {@code %%heap}. */
final class HeapMagic {
  private static volatile @Nullable ClassHistogram lastLook;

  private HeapMagic() {}

  /** {@code %heap}. */
  @Command(description = "Counts the live objects of the kernel by class, after a collection.")
  static final class OfLine implements LineMagic {
    @Option(names = "--diff", description = "Tells what changed since the last look.")
    private boolean diff;

    @Option(names = "--top", paramLabel = "N", description = "How many classes (20).")
    private int top = 20;

    @Override
    public void run(Host host) {
      ClassHistogram earlier = lastLook;
      ClassHistogram now = ClassHistogram.take();
      lastLook = now;
      if (!diff) {
        show(host, "Live objects: " + sum(now), counts(now, top));
      } else if (earlier == null) {
        host.screen().say("This was the first look: %heap --diff tells what changes from here on.");
      } else {
        show(host, "Since the last look: " + difference(now, earlier), changes(now, earlier, top));
      }
    }
  }

  /** {@code %%heap}. */
  @Command(description = "Runs the cell and tells by class what it leaves on the kernel's heap.")
  static final class OfCell implements CellMagic {
    @Option(names = "--top", paramLabel = "N", description = "How many classes (20).")
    private int top = 20;

    @Override
    public void run(Host host, String body) throws Exception {
      ClassHistogram before = ClassHistogram.take();
      Object result = host.run("\n" + body);
      ClassHistogram after = ClassHistogram.take();
      lastLook = after;
      if (result != null) {
        host.showResult(result);
      }
      show(host, "Over the cell: " + difference(after, before), changes(after, before, top));
    }
  }

  private static void show(Host host, String summary, Listing list) {
    Html html = new Html();
    html.open("div").element("div", summary).newline();
    list.writeTo(html);
    host.screen().show(summary + "\n" + list.text(), html.close().finish());
  }

  private static String sum(ClassHistogram histogram) {
    ClassHistogram.Objects all = histogram.total();
    return "%s of %s classes, %s"
        .formatted(number(all.count()), number(histogram.classes().size()), size(all.bytes()));
  }

  private static String difference(ClassHistogram now, ClassHistogram earlier) {
    ClassHistogram.Objects all = now.total();
    ClassHistogram.Objects before = earlier.total();
    return "%s objects, %s"
        .formatted(signed(all.count() - before.count()), signedSize(all.bytes() - before.bytes()));
  }

  private static Listing counts(ClassHistogram histogram, int top) {
    Listing list = new Listing("class", "#objects", "#bytes");
    histogram.largestFirst().stream()
        .limit(top)
        .forEach(name -> {
          ClassHistogram.Objects objects = histogram.of(name);
          list.add(name, number(objects.count()), size(objects.bytes()));
        });
    return list;
  }

  private static Listing changes(ClassHistogram now, ClassHistogram earlier, int top) {
    Listing list =
        new Listing("class", "#objects more", "#bytes more", "#objects now", "#bytes now");
    now.since(earlier).stream()
        .limit(top)
        .forEach(change ->
            list.add(
                change.name(),
                signed(change.count()),
                signedSize(change.bytes()),
                number(change.now().count()),
                size(change.now().bytes())));
    return list;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String signed(long number) {
    return String.format(Locale.ROOT, "%+,d", number);
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }

  private static String signedSize(long bytes) {
    return bytes > 0 ? "+" + size(bytes) : size(bytes);
  }
}
