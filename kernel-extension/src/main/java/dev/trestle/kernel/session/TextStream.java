package dev.trestle.kernel.session;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One of a cell's output streams: gathers what is written for a moment and hands it on as text, a
 * character never cut in two by where a write ends. Any thread.
 */
final class TextStream {
  private static final int MOST = 64 * 1024; // bytes that wait
  private static final long PAUSE = 2; // ms

  private final Consumer<String> receiver;
  private final Ticker ticker;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer bytes = ByteBuffer.allocate(MOST); // guarded by this
  private boolean ticking; // guarded by this

  TextStream(Consumer<String> receiver, Ticker ticker) {
    this.receiver = receiver;
    this.ticker = ticker;
  }

  void write(byte[] from, int offset, int length) {
    int written = 0;
    while (written < length) {
      boolean full;
      synchronized (this) {
        int fitting = Math.min(bytes.remaining(), length - written);
        bytes.put(from, offset + written, fitting);
        written += fitting;
        full = !bytes.hasRemaining();
        if (full) {
          flush();
        } else if (!ticking) {
          ticking = true;
          ticker.inAMoment(this::tick);
        }
      }
      if (full) {
        pause();
      }
    }
  }

  /** A cell that prints without end would else fill the memory faster than any page shows it. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tick() {
    ticking = false;
    flush();
  }

  /** Hands on what is there but for a character that is not yet complete. */
  synchronized void flush() {
    bytes.flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
    decoder.decode(bytes, text, false);
    bytes.compact();
    text.flip();
    if (text.hasRemaining()) {
      receiver.accept(text.toString());
    }
  }
}
