package dev.trestle.kernel;

import dev.trestle.start.BackgroundJvm;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a kernel whose start cache was made of other jars than those there now: it runs
 * the former classes (JDK-8377932), so it makes room for one that does not.
 */
public final class StaleStart {
  private StaleStart() {}

  /** Makes the cache anew, in a process of its own. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    KernelSpec.ofThisJvm().rehearse();
  }

  /**
   * Replaces this process by one with the same command and the same streams, whose cache is gone,
   * and sees to it that there will be a new one. Does nothing if the cache is fresh or missing.
   *
   * @return false if the cache was stale and this JVM, which has the former classes, still runs
   */
  static boolean leave(KernelSpec spec) throws IOException {
    if (!spec.removeStaleStart()) {
      return true;
    }
    makeAnew(spec);
    Path command = Path.of("/proc/self/cmdline"); // proc(5): each word ends with a 0
    if (Files.isReadable(command)) {
      become(spec.java(), List.of(Files.readString(command).split("\0")));
    }
    return false;
  }

  private static void makeAnew(KernelSpec spec) throws IOException {
    String classPath =
        spec.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    BackgroundJvm.of(spec.java(), List.of("-cp", classPath, StaleStart.class.getName())).start();
  }

  /** By execv(3): who has started this process knows it by its id. Returns if that fails. */
  @SuppressWarnings("restricted") // kernels are started with --enable-native-access
  private static void become(Path program, List<String> words) {
    Linker linker = Linker.nativeLinker();
    MethodHandle execv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("execv"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> texts = new ArrayList<>();
      words.forEach(word -> texts.add(arena.allocateFrom(word)));
      texts.add(MemorySegment.NULL);
      MemorySegment list = arena.allocate(ValueLayout.ADDRESS, texts.size());
      for (int i = 0; i < texts.size(); i++) {
        list.setAtIndex(ValueLayout.ADDRESS, i, texts.get(i));
      }
      int _ = (int) execv.invokeExact(arena.allocateFrom(program.toString()), list);
    } catch (Throwable e) {
      throw new IllegalStateException("execv cannot be called", e);
    }
  }
}
