package dev.trestle.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.StandIns;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other processes of the same user at the sockets of workers, without the secret. */
@Tag("slow")
@Timeout(60)
class StrangerTest {
  @TempDir Path folder;

  @Test
  void whoeverConnectsInAWorkersPlaceIsSentAwayAndTheWorkerStarts() throws Exception {
    List<SocketChannel> strangers = new ArrayList<>();
    var isOver = new AtomicBoolean();
    Thread intruder =
        Thread.ofPlatform()
            .start(() -> {
              while (!isOver.get()) {
                connectToAll(strangers);
              }
            });
    var settings =
        new PoolSettings(
            1, Map.of(), Long.MAX_VALUE, null, Long.MAX_VALUE, 0, pid -> 0L, _ -> {}, null);
    try (var pool =
        new WorkerPool(
            settings, new Workplace.Processes(folder, new ClosureEncoder(StandIns.NONE)))) {
      pool.start(null);
      isOver.set(true);
      intruder.join();
      WorkerTask<Long, Boolean> task = pid -> ProcessHandle.current().pid() != pid;
      List<Boolean> results =
          pool.run(task, List.of(ProcessHandle.current().pid()), terms()).results();
      assertEquals(List.of(true), results);
    }
    assertNotEquals(List.of(), strangers);
    for (SocketChannel stranger : strangers) {
      assertEquals(-1, bytesFor(stranger));
      stranger.close();
    }
  }

  @Test
  void aWorkerRunsNothingForASocketThatDoesNotKnowItsSecret() throws Exception {
    Path socket = folder.resolve("s");
    Path ran = folder.resolve("ran");
    Secret secret = Secret.create();
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Process worker =
          new ProcessBuilder(
                  WorkerCommand.forOneOf(1, Map.of(), List.of()).commandLine(socket, folder))
              .redirectErrorStream(true)
              .start();
      worker.getOutputStream().write(secret.bytes());
      worker.getOutputStream().flush();
      SocketChannel channel = server.accept();
      ByteBuffer shown = ByteBuffer.allocate(Secret.LENGTH);
      while (shown.hasRemaining()) {
        channel.read(shown);
      }
      assertTrue(secret.isOfWorker(shown.array()));
      String file = ran.toString();
      WorkerTask<Object, Object> task = none -> Files.createFile(Path.of(file));
      var packet = new Packet();
      packet.begin(Packet.Kind.TASK);
      packet.putBytes(new ClosureEncoder(StandIns.NONE).encodeTask(task).bytes()).end();
      packet.begin(Packet.Kind.RUN).putByte(0).putInt(1).putInt(1);
      Scalar.put(null, packet);
      packet.end();
      channel.write(ByteBuffer.wrap(Secret.create().ofParent()));
      channel.write(packet.take());
      String said = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(worker.waitFor(30, TimeUnit.SECONDS));
      assertTrue(said.contains("is not the JVM that started this worker; nothing was run"), said);
      assertFalse(Files.exists(ran));
      channel.close();
    }
  }

  private Terms terms() {
    return new Terms(StandIns.NONE, (index, part) -> "task", () -> {}, 0, null, null, null);
  }

  private void connectToAll(List<SocketChannel> strangers) {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".sock")).toList()) {
        if (strangers.size() < 20) {
          SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(file));
          strangers.add(stranger);
          if (strangers.size() % 2 == 0) { // the others say nothing
            stranger.write(ByteBuffer.allocate(1000));
          }
        }
      }
    } catch (IOException e) {
      // the worker has come, and its socket is no longer there
    }
  }

  /** What a stranger reads: -1 at the end. */
  private static int bytesFor(SocketChannel stranger) {
    try {
      return stranger.read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      return -1; // closed with unread bytes
    }
  }
}
