package dev.trestle.column;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.DataReader;
import tech.tablesaw.io.DataWriter;

/**
 * What Tablesaw reads and writes files with, found once for many JVMs.
 *
 * <p>The first use of {@link Table} searches the whole class path for such classes, to register
 * them: 0.2 - 1 s of processor time. A JVM that has the names of those there only searches what has
 * been added to its class path since.
 */
public final class TableReaders {
  private static final String NAMES_PROPERTY = "trestle.tablesaw.readers";
  private static final String SEARCHED_PROPERTY = "trestle.tablesaw.searched";
  private static final String CLASS_PATH = "java.class.path";

  private TableReaders() {}

  /** Searches the class path; the answer is for JVMs whose class path begins with the same. */
  public static Map<String, String> search() {
    // As Table does.
    try (ScanResult found =
        new ClassGraph().enableAllInfo().acceptPackages("tech.tablesaw.io").scan()) {
      Set<String> names = new LinkedHashSet<>();
      names.addAll(found.getClassesImplementing(DataWriter.class.getName()).getNames());
      names.addAll(found.getClassesImplementing(DataReader.class.getName()).getNames());
      return Map.of(
          NAMES_PROPERTY,
          String.join(",", names),
          SEARCHED_PROPERTY,
          Integer.toString(classPath().size()));
    }
  }

  /** Makes {@link Table} ready with what the JVM was given; without that, it makes itself ready. */
  static void register() {
    String names = System.getProperty(NAMES_PROPERTY);
    Integer searched = Integer.getInteger(SEARCHED_PROPERTY);
    if (names == null || searched == null) {
      return;
    }
    String whole = System.getProperty(CLASS_PATH);
    List<String> entries = classPath();
    List<String> added = entries.subList(Math.min(searched, entries.size()), entries.size());
    // ClassGraph goes by this. Only workers are given names, and here they are in a task's hands.
    System.setProperty(CLASS_PATH, String.join(File.pathSeparator, added));
    try {
      initialise(Table.class.getName());
    } finally {
      System.setProperty(CLASS_PATH, whole);
    }
    Arrays.stream(names.split(",")).forEach(TableReaders::initialise);
  }

  private static List<String> classPath() {
    return List.of(System.getProperty(CLASS_PATH, "").split(File.pathSeparator));
  }

  private static void initialise(String name) {
    try {
      Class.forName(name, true, Table.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // as Table does
    }
  }
}
