package dev.trestle.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
  @TempDir private Path folder;

  @Test
  void aCacheIsOfUseOnlyForTheVeryJarsThatItWasMadeOf() throws Exception {
    Path jar = folder.resolve("one.jar");
    write(jar, "first");
    StartCache cache = new StartCache(folder.resolve("start.aot"));
    assertFalse(cache.isFresh(List.of(jar)));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<Path> classPath = List.of(jar);
    assertTrue(
        cache.make(java, List.of("-XX:+UseSerialGC"), classPath, List.of(), List.of("Hello")));
    assertTrue(cache.isFresh(classPath));
    write(jar, "second, and so longer");
    assertFalse(cache.isFresh(classPath));
    assertTrue(
        cache.make(java, List.of("-XX:+UseSerialGC"), classPath, List.of(), List.of("Hello")));
    assertTrue(cache.isFresh(classPath));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertFalse(cache.isFresh(classPath));
    cache.delete();
    try (var left = Files.list(folder)) {
      assertEquals(List.of(jar), left.toList());
    }
  }

  /** A jar with a program that prints one line. */
  private static void write(Path jar, String line) throws IOException {
    ClassDesc system = ClassDesc.of("java.lang.System");
    ClassDesc print = ClassDesc.of("java.io.PrintStream");
    byte[] program =
        ClassFile.of()
            .build(
                ClassDesc.of("Hello"),
                hello ->
                    hello.withMethodBody(
                        "main",
                        MethodTypeDesc.of(
                            ConstantDescs.CD_void, ConstantDescs.CD_String.arrayType()),
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code ->
                            code.getstatic(system, "out", print)
                                .ldc(line)
                                .invokevirtual(
                                    print,
                                    "println",
                                    MethodTypeDesc.of(
                                        ConstantDescs.CD_void, ConstantDescs.CD_String))
                                .return_()));
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("Hello.class"));
      out.write(program);
    }
  }

  @Test
  void foldersOnTheClassPathRuleItOut() {
    assertFalse(StartCache.isPossible(List.of(folder)));
  }

  @Test
  void aMissingOrBrokenCacheIsNoReasonToFailOrToSayAnything() throws Exception {
    StartCache cache = new StartCache(folder.resolve("kernel.aot"));
    assertStartsInSilence(cache);
    Files.write(cache.file(), new byte[100_000]);
    assertStartsInSilence(cache);
  }

  private void assertStartsInSilence(StartCache cache) throws Exception {
    Path out = folder.resolve("out");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(cache.flags());
    command.add("--version");
    Process run =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertEquals(0, run.waitFor());
    assertTrue(Files.readString(out).startsWith("openjdk"), Files.readString(out));
  }
}
