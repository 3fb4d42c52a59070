package dev.trestle.ingest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the sources: the caller's thread cuts them into chunks, parser threads make cells
 * of them, and whichever of those has the next chunk in the source's order appends it.
 *
 * <p>A fixed set of batches goes round, so memory does not depend on the source's size, and a slow
 * parser holds up the cutting instead of piling up chunks.
 */
final class Pipeline {
  private final int threads;
  private final Crew crew;
  private final BlockingQueue<Batch> free;
  private final BlockingQueue<Work> cut;
  private final Consumer<Batch> parser;
  private final Assembler assembler;

  private final Map<Long, Batch> parsed = new HashMap<>();
  private long next;
  private boolean appending;

  /** What a parser thread takes from the queue. */
  private sealed interface Work {}

  private record Chunk(Batch batch) implements Work {}

  private record End() implements Work {}

  /**
   * A pipeline.
   *
   * @param batches one more than there are threads at least, or those would wait for each other
   * @param parser fills a batch's cells from its bytes, in any thread
   */
  Pipeline(int threads, List<Batch> batches, Consumer<Batch> parser, Assembler assembler) {
    this.threads = threads;
    this.crew = new Crew(threads);
    this.free = new ArrayBlockingQueue<>(batches.size(), false, batches);
    this.cut = new ArrayBlockingQueue<>(batches.size() + threads);
    this.parser = parser;
    this.assembler = assembler;
  }

  /** Runs the pass to its end. No thread is left when it returns or throws. */
  void run(Feed feed, Runnable advanced) throws IOException {
    crew.start(this::work);
    try {
      while (!crew.hasFailed()) {
        Batch batch = free.take();
        if (!feed.fill(batch)) {
          break;
        }
        boolean endless = batch.isEndless;
        cut.put(new Chunk(batch));
        if (endless) {
          break;
        }
        advanced.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      crew.fail(new InterruptedIOException("reading a table was interrupted"));
    } catch (IOException | RuntimeException | Error e) {
      crew.fail(e);
    } finally {
      stop();
    }
    crew.rethrow();
  }

  private void work() {
    try {
      while (cut.take() instanceof Chunk(Batch batch)) {
        process(batch);
      }
    } catch (InterruptedException e) {
      crew.fail(e); // nobody interrupts these threads, but then the pass could not go on
    }
  }

  private void process(Batch batch) {
    try {
      if (!crew.hasFailed()) {
        parser.accept(batch);
      }
    } catch (RuntimeException | Error e) {
      crew.fail(e);
    }
    for (Batch mine = turn(batch); mine != null; mine = turn(null)) {
      try {
        assembler.append(mine);
      } catch (IOException | RuntimeException | Error e) {
        crew.fail(e);
      } finally {
        appended(mine);
      }
    }
  }

  /**
   * Puts a parsed batch down, if there is one, and takes up the next to be appended. One thread at
   * a time appends; the others go on parsing.
   */
  private synchronized @Nullable Batch turn(@Nullable Batch done) {
    if (done != null) {
      parsed.put(done.index, done);
    }
    if (crew.hasFailed()) {
      free.addAll(parsed.values());
      parsed.clear();
      return null;
    }
    if (appending) {
      return null;
    }
    Batch mine = parsed.remove(next);
    appending = mine != null;
    return mine;
  }

  private synchronized void appended(Batch batch) {
    appending = false;
    next++;
    free.add(batch);
  }

  private void stop() {
    for (int i = 0; i < threads; i++) {
      cut.add(new End());
    }
    boolean interrupted = Thread.interrupted();
    crew.join(() -> {});
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
