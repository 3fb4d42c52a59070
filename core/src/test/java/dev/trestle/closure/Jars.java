package dev.trestle.closure;

import dev.trestle.agent.LambdaAgent;
import dev.trestle.agent.SerializableLambdas;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Jars that notebooks and their JVMs are given. */
public final class Jars {
  private static final String SOURCE =
      """
      package geo;
      public class Geo implements java.io.Serializable {
        public int radius() { return 6371; }
      }
      """;

  private Jars() {}

  /** A library with a class {@code geo.Geo}. */
  public static Path library(Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("Geo.java"), SOURCE);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString());
    if (exit != 0) {
      throw new IllegalStateException("the library does not compile");
    }
    byte[] compiled = Files.readAllBytes(folder.resolve("geo/Geo.class"));
    return pack(folder.resolve("geo.jar"), new Manifest(), Map.of("geo/Geo.class", compiled));
  }

  /** The agent, packed as the build packs it. */
  public static Path agent(Path folder) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().putValue("Premain-Class", LambdaAgent.class.getName());
    List<Class<?>> classes = new ArrayList<>(List.of(SerializableLambdas.class, LambdaAgent.class));
    classes.addAll(List.of(LambdaAgent.class.getDeclaredClasses()));
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Class<?> each : classes) {
      String name = each.getName().replace('.', '/') + ".class";
      try (InputStream file = LambdaAgent.class.getResourceAsStream("/" + name)) {
        files.put(name, Objects.requireNonNull(file, name).readAllBytes());
      }
    }
    return pack(folder.resolve("agent.jar"), manifest, files);
  }

  private static Path pack(Path jar, Manifest manifest, Map<String, byte[]> files)
      throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(jar);
        var packed = new JarOutputStream(out, manifest)) {
      for (var file : files.entrySet()) {
        packed.putNextEntry(new ZipEntry(file.getKey()));
        packed.write(file.getValue());
        packed.closeEntry();
      }
    }
    return jar;
  }
}
