package dev.trestle.kernel.protocol;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Until it is closed, the thread that made it, and those that this thread starts, let whoever wakes
 * them go on first: Linux's SCHED_BATCH, whose threads are mildly disfavored at wake-up (sched(7)).
 * On other systems, and where it is forbidden, nothing changes but the time that messages take.
 *
 * <p>JeroMQ needs that when there are no more processors than busy threads. It wakes a thread by a
 * byte in a pipe, which it counts only after it is written ({@code zmq.Signaler}, 0.5.0 to 0.6.0).
 * A thread that wakes before that, on the processor of the one who woke it, sees something in the
 * pipe and nothing counted, and asks for both again and again until its time slice is over: for
 * milliseconds, several times a cell. On two processors this takes away more than half of the time
 * of a trivial cell.
 */
public final class BatchScheduling implements AutoCloseable {
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_BATCH = 3;

  private final boolean isChanged;

  public BatchScheduling() {
    isChanged = isOther() && become(SCHED_BATCH);
  }

  @Override
  public void close() {
    if (isChanged) {
      become(SCHED_OTHER);
    }
  }

  /** Whether the calling thread is scheduled as most are: else somebody has chosen, and knows. */
  private static boolean isOther() {
    return call("sched_getscheduler", get -> (int) get.invokeExact(0), JAVA_INT) == SCHED_OTHER;
  }

  private static boolean become(int policy) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment noPriority = arena.allocateFrom(JAVA_INT, 0); // a struct sched_param
      return call(
              "sched_setscheduler",
              set -> (int) set.invokeExact(0, policy, noPriority),
              JAVA_INT,
              JAVA_INT,
              ADDRESS)
          == 0;
    }
  }

  private interface Call {
    int of(MethodHandle function) throws Throwable;
  }

  /** What a function of the C library returns, which is -1 when it fails and when it is missing. */
  @SuppressWarnings("restricted") // kernels are started with --enable-native-access
  private static int call(String name, Call call, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    var function = linker.defaultLookup().find(name);
    if (function.isEmpty()) {
      return -1;
    }
    try {
      var descriptor = FunctionDescriptor.of(JAVA_INT, parameters);
      return call.of(linker.downcallHandle(function.get(), descriptor));
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
  }
}
