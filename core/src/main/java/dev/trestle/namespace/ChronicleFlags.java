package dev.trestle.namespace;

import java.util.List;
import java.util.stream.Stream;

/** What a JVM must be started with for Chronicle Map 2026.1 to work in it, and to be silent. */
public final class ChronicleFlags {
  /** Looked into by reflection. */
  private static final List<String> OPENED = List.of("java.lang", "java.lang.reflect");

  /** Called: the mapping of files, and (else it warns) the freeing of buffers. */
  private static final List<String> EXPORTED = List.of("sun.nio.ch", "jdk.internal.ref");

  private ChronicleFlags() {}

  /** The flags, for a command line. */
  public static List<String> all() {
    return Stream.concat(
            OPENED.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"),
            EXPORTED.stream().map(name -> "--add-exports=java.base/" + name + "=ALL-UNNAMED"))
        .toList();
  }

  /** Whether this JVM has them, and Chronicle Map on its class path; loads nothing of it. */
  static boolean arePresent() {
    Module base = Object.class.getModule();
    Module own = ChronicleFlags.class.getModule();
    return OPENED.stream().allMatch(name -> base.isOpen(name, own))
        && EXPORTED.stream().allMatch(name -> base.isExported(name, own))
        && ChronicleFlags.class
                .getClassLoader()
                .getResource("net/openhft/chronicle/map/ChronicleMap.class")
            != null;
  }
}
