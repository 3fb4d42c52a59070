package dev.trestle.closure;

import dev.trestle.Task;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM with our class path and without a notebook, that runs tasks. */
final class OtherJvm implements AutoCloseable {
  private final Process process;
  private final DataOutputStream toChild;
  private final DataInputStream fromChild;
  private final Set<CodeKey> known = new HashSet<>();

  OtherJvm() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      process =
          new ProcessBuilder(
                  java,
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherJvm.class.getName())
              .redirectError(Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    toChild = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    fromChild = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** Runs a task there on an argument, and gives what {@link ClosureDecoder#encodeResult} gave. */
  byte[] run(Message task, Message argument) {
    try {
      write(toChild, task);
      write(toChild, argument);
      toChild.flush();
      return read(fromChild);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void main() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(System.in));
    var out = new DataOutputStream(new BufferedOutputStream(System.out));
    System.setOut(System.err);
    var decoder = new ClosureDecoder(OtherJvm.class.getClassLoader());
    while (true) {
      byte[] task;
      try {
        task = readMessage(in, decoder);
      } catch (EOFException e) {
        return;
      }
      write(out, runHere(decoder, task, readMessage(in, decoder)));
      out.flush();
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the test knows what its task takes
  private static byte[] runHere(ClosureDecoder decoder, byte[] task, byte[] argument) {
    @Nullable Object result;
    try {
      var callable = (Task<Object, Object>) decoder.decodeTask(task);
      result = callable.apply(decoder.decodeArgument(argument));
    } catch (Throwable e) {
      result = e;
    }
    try {
      return decoder.encodeResult(result);
    } catch (CaptureException e) {
      return decoder.encodeResult(e);
    }
  }

  private void write(DataOutputStream out, Message message) throws IOException {
    List<CodePiece> code = message.code().stream().filter(piece -> known.add(piece.key())).toList();
    out.writeInt(code.size());
    for (CodePiece piece : code) {
      ByteBuffer key = ByteBuffer.allocate(CodeKey.LENGTH);
      piece.key().write(key);
      out.write(key.array());
      write(out, piece.content());
    }
    write(out, message.bytes());
  }

  private static byte[] readMessage(DataInputStream in, ClosureDecoder decoder) throws IOException {
    for (int i = in.readInt(); i > 0; i--) {
      CodeKey key = CodeKey.read(ByteBuffer.wrap(in.readNBytes(CodeKey.LENGTH)));
      decoder.learn(new CodePiece(key, read(in)));
    }
    return read(in);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  @Override
  public void close() {
    try {
      toChild.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
