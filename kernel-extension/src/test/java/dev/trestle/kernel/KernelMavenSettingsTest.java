package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.trestle.kernel.KernelClient.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel of a user who has settings for Maven, in a home of their own. */
@Tag("slow")
class KernelMavenSettingsTest {
  private static final String COORDINATES = "org.example:greeting:1";

  @TempDir private Path folder;
  private Path home = Path.of("");
  private Path mirror = Path.of("");
  private Path local = Path.of("");

  @BeforeEach
  void fillTheMirror() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    mirror = Files.createDirectories(folder.resolve("mirror"));
    local = folder.resolve("local repository");
    Path version = Files.createDirectories(mirror.resolve("org/example/greeting/1"));
    Files.writeString(
        version.resolve("greeting-1.pom"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId><artifactId>greeting</artifactId><version>1</version>
        </project>
        """);
    try (var jar = new JarOutputStream(Files.newOutputStream(version.resolve("greeting-1.jar")))) {
      jar.putNextEntry(new JarEntry("greeting.txt"));
      jar.write('!');
    }
  }

  private void settings(String more) throws IOException {
    Files.writeString(
        Files.createDirectories(home.resolve(".m2")).resolve("settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>house</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
          %s
        </settings>
        """
            .formatted(local, mirror.toUri(), more));
  }

  /** As Jupyter would start it for that user: Java takes the home from the user's account. */
  private KernelClient kernel() throws Exception {
    JsonObject spec = new JsonParser().parse(KernelSpec.ofThisJvm().json()).getAsJsonObject();
    JsonArray argv = new JsonArray();
    for (var word : spec.getAsJsonArray("argv")) {
      argv.add(word);
      if (argv.size() == 1) {
        argv.add(new JsonPrimitive("-Duser.home=" + home));
      }
    }
    spec.add("argv", argv);
    JsonObject environment = new JsonObject();
    environment.addProperty("HOME", home.toString());
    spec.add("env", environment);
    return KernelClient.start(folder, spec);
  }

  @Test
  void theMirrorAndTheLocalRepositoryOfTheSettingsAreUsed() throws Exception {
    settings("");
    try (KernelClient kernel = kernel()) {
      Outcome added = kernel.run("%maven " + COORDINATES);
      assertEquals("ok", added.status(), added::toString);
      assertTrue(Files.exists(local.resolve("org/example/greeting/1/greeting-1.jar")));
      assertEquals(
          "1",
          kernel
              .run(
                  "Thread.currentThread().getContextClassLoader().resources(\"greeting.txt\").count()")
              .result());
    }
  }

  @Test
  void whatTheMirrorDoesNotHaveIsSaidToBeMissingThere() throws Exception {
    settings("");
    try (KernelClient kernel = kernel()) {
      Outcome missing = kernel.run("%maven org.example:nothing:1");
      assertEquals("error", missing.status());
      assertTrue(missing.traceback().contains("org.example:nothing:jar:1"), missing.traceback());
      assertTrue(missing.traceback().contains("house (file:"), missing.traceback());
    }
  }

  @Test
  void offlineOnlyTheLocalRepositoryIsAsked() throws Exception {
    settings("<offline>true</offline>");
    try (KernelClient kernel = kernel()) {
      Outcome missing = kernel.run("%maven " + COORDINATES);
      assertEquals("error", missing.status());
      assertTrue(missing.traceback().contains("offline"), missing.traceback());
    }
    settings("");
    try (KernelClient kernel = kernel()) {
      assertEquals("ok", kernel.run("%maven " + COORDINATES).status());
    }
    settings("<offline>true</offline>");
    try (KernelClient kernel = kernel()) {
      assertEquals("ok", kernel.run("%maven " + COORDINATES).status());
    }
  }
}
