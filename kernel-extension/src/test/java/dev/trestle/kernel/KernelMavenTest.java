package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.KernelClient.Outcome;
import dev.trestle.kernel.maven.BuildVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies from Maven in a running kernel; those that this build has fetched before. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelMavenTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  private static String shown(Outcome cell) {
    return cell.all("display_data")
        .getFirst()
        .getAsJsonObject("data")
        .get("text/plain")
        .getAsString();
  }

  @Test
  void whatMavenFoundIsThereForTheNextCell() throws Exception {
    assertEquals("error", kernel.run("new org.h2.Driver().getMajorVersion()").status());
    String h2 = "com.h2database:h2:" + BuildVersion.of("h2");
    Outcome added = kernel.run("%maven " + h2);
    assertEquals("ok", added.status(), added.published()::toString);
    assertEquals("%s: h2-%s.jar".formatted(h2, BuildVersion.of("h2")), shown(added));
    assertEquals(
        BuildVersion.of("h2").split("[.]")[0],
        kernel.run("new org.h2.Driver().getMajorVersion()").result());
  }

  @Test
  void tablesawItselfIsFound() throws Exception {
    String tablesaw = "tech.tablesaw:tablesaw-core:" + BuildVersion.of("tablesaw");
    assertTrue(shown(kernel.run("%maven " + tablesaw)).contains("fastutil-"));
    String dependency =
        """
        %%%%loadFromPOM
        <dependency>
          <groupId>tech.tablesaw</groupId>
          <artifactId>tablesaw-core</artifactId>
          <version>%s</version>
        </dependency>
        """
            .formatted(BuildVersion.of("tablesaw"));
    Outcome pom = kernel.run(dependency);
    assertEquals("ok", pom.status(), pom.published()::toString);
    assertTrue(shown(pom).startsWith("the POM: "), shown(pom));
    assertTrue(shown(pom).contains("fastutil-"), shown(pom));
  }

  @Test
  void whatCannotBeFoundFailsTheCell() throws Exception {
    Outcome cell = kernel.run("%maven nothing");
    assertEquals("error", cell.status());
    assertTrue(cell.traceback().contains("'nothing' is not of the form"), cell.traceback());
    assertTrue(kernel.run("%maven --form x").stream("stderr").contains("--from"));
  }
}
