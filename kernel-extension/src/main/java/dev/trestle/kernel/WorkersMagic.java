package dev.trestle.kernel;

import dev.trestle.Trestle;
import dev.trestle.WorkerSettings;
import dev.trestle.Workers;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.ProcessCpu;
import dev.trestle.memory.ProcessMemory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %workers}. */
@Command(description = "Lists, starts, resizes, restarts or stops the notebook's workers.")
final class WorkersMagic implements LineMagic {
  private static final String LIST = "list";
  private static final String RESTART = "restart";
  private static final String STOP = "stop";
  private static final List<String> WORDS = List.of(LIST, RESTART, STOP);

  @Parameters(
      arity = "0..1",
      paramLabel = "NUMBER|list|restart|stop",
      description = {
        "4 starts four workers, or makes them four; cells use them as workers().",
        "restart ends them and starts as many new ones; stop ends them."
      })
  private String what = LIST;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "The largest heap of each new worker, such as 512m or 2g.")
  private @Nullable Long heap;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "A worker that has more for itself (USS) is ended and replaced.")
  private @Nullable Long memory;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "A worker without work ends after this, until there is some (10m).")
  private @Nullable Duration idle;

  @Option(
      names = "--recycle",
      paramLabel = "TASKS",
      description = "A worker is replaced after that many tasks.")
  private @Nullable Long recycle;

  @Override
  public List<String> words() {
    return WORDS;
  }

  @Override
  public void run(Host host) {
    switch (what) {
      case LIST -> list(host.screen());
      case STOP ->
          host.screen()
              .say(Notebook.stop() ? "The workers have ended." : "There were no workers to end.");
      case RESTART -> {
        Workers restarted = Notebook.restart();
        if (restarted == null) {
          host.screen().say("There were no workers to restart. Start two with: %workers 2");
        } else {
          say(host.screen(), restarted);
        }
      }
      default -> {
        if (!what.matches("[1-9][0-9]{0,3}")) {
          throw new MagicMistake("does not take '%s'.".formatted(what));
        }
        say(host.screen(), Notebook.start(settings(Integer.parseInt(what)), hasOptions()));
      }
    }
  }

  private boolean hasOptions() {
    return heap != null || memory != null || idle != null || recycle != null;
  }

  private WorkerSettings settings(int count) {
    WorkerSettings settings = WorkerSettings.of(count);
    try {
      settings = heap == null ? settings : settings.heap(heap);
      settings = recycle == null ? settings : settings.recycleAfter(recycle);
    } catch (IllegalArgumentException e) {
      throw new MagicMistake("cannot do that: " + e.getMessage());
    }
    settings = memory == null ? settings : settings.memoryLimit(memory);
    return idle == null ? settings : settings.idleAfter(idle);
  }

  private static void say(Screen screen, Workers workers) {
    String number = workers.size() == 1 ? "1 worker" : workers.size() + " workers";
    screen.say("%s: pid %s. Cells use them as workers().".formatted(number, pids(workers)));
  }

  private static void list(Screen screen) {
    List<Workers> open = Trestle.openWorkers();
    if (open.isEmpty()) {
      screen.say("There are no workers. Start two with the line: %workers 2");
      return;
    }
    Listing list = new Listing("pool", "worker", "#pid", "#PSS", "#USS", "#CPU");
    for (Workers workers : open) {
      String pool = Notebook.owns(workers) ? "workers()" : "opened by a cell";
      int number = 1;
      for (long pid : workers.pids()) {
        ProcessMemory taken = ProcessMemory.read(pid).orElse(new ProcessMemory(pid, 0, 0, 0, 0, 0));
        list.add(
            pool,
            "worker " + number++,
            Long.toString(pid),
            ByteSize.format(taken.pss()),
            ByteSize.format(taken.uss()),
            ProcessCpu.read(pid).map(cpu -> TimeSpan.format(cpu.total())).orElse(""));
      }
      if (number <= workers.size()) {
        list.add(
            pool, workers.size() - number + 1 + " idle, ended until there is work", "", "", "", "");
      }
    }
    screen.show(list.text(), list.html());
  }

  private static String pids(Workers workers) {
    return workers.pids().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
