package dev.trestle.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a worker's process could not be started, in words that say what to do. */
final class StartTrouble {
  private StartTrouble() {}

  static String explain(IOException e) {
    // What follows in further lines is the JDK's guess about its spawn helper.
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    Path java = WorkerCommand.java();
    if (!Files.isExecutable(java)) {
      return "there is no Java at %s any more; was the JDK replaced while this JVM runs? Start it again"
          .formatted(java);
    }
    if (isForWantOfDescriptors(e)) {
      return "this process has no file descriptors left (%s); close tables, or raise the limit: ulimit -n"
          .formatted(message);
    }
    if (message.contains("Cannot allocate memory") || message.contains("error=11,")) {
      return "the machine has no room for another process (%s); use fewer workers"
          .formatted(message);
    }
    return e.toString();
  }

  static boolean isForWantOfDescriptors(IOException e) {
    return String.valueOf(e.getMessage()).contains("Too many open files");
  }
}
