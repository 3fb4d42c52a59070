package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel whose jars are replaced after its start was cached, as an update does. */
@Tag("slow")
class KernelStaleStartTest {
  private static final String OWN = TrestleKernel.class.getName().replace('.', '/') + ".class";

  @TempDir private Path folder;

  /** The class path of this JVM, its folders as jars, in the test's own folder. */
  private List<Path> jars(String version) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path entry : KernelSpec.ofThisJvm().classPath()) {
      if (Files.isDirectory(entry)) {
        Path jar = folder.resolve("classes-%d.jar".formatted(jars.size()));
        if (!Files.exists(jar) || Files.exists(entry.resolve(OWN))) {
          write(jar, entry, version);
        }
        jars.add(jar);
      } else if (Files.exists(entry)) {
        jars.add(entry);
      }
    }
    return jars;
  }

  private static void write(Path jar, Path classes, String version) throws IOException {
    try (Stream<Path> files = Files.walk(classes);
        var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString();
        out.putNextEntry(new JarEntry(name));
        byte[] content = Files.readAllBytes(file);
        out.write(name.equals(OWN) ? ofVersion(content, version) : content);
      }
    }
  }

  /** The kernel's class as it would be after an update. */
  private static byte[] ofVersion(byte[] kernel, String version) {
    CodeTransform renamed =
        (code, element) -> {
          if (element instanceof ConstantInstruction constant
              && constant.constantValue().equals(StartUp.VERSION)) {
            code.loadConstant(version);
          } else {
            code.with(element);
          }
        };
    return ClassFile.of()
        .transformClass(
            ClassFile.of().parse(kernel), ClassTransform.transformingMethodBodies(renamed));
  }

  private String versionOf(KernelSpec spec) throws Exception {
    try (KernelClient kernel = KernelClient.start(folder, spec)) {
      assertEquals("2", kernel.run("1 + 1").result());
      assertEquals("", kernel.terminal());
      return kernel
          .ask("kernel_info_request", new JsonObject())
          .get("implementation_version")
          .getAsString();
    }
  }

  @Test
  void theNewCodeRunsAtOnceAndItsStartIsCachedAnew() throws Exception {
    KernelSpec spec = new KernelSpec(KernelSpec.ofThisJvm().java(), jars("former"));
    assertTrue(spec.rehearse());
    assertEquals("former", versionOf(spec));

    jars("new");
    assertEquals("new", versionOf(spec));

    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!KernelSpec.startCache(spec.classPath()).isFresh(spec.classPath())) {
      assertTrue(System.nanoTime() < end, "no new start cache");
      Thread.sleep(100);
    }
    assertEquals("new", versionOf(spec));
  }
}
