package dev.trestle.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * A Java agent for notebooks and JShell sessions that Trestle does not run itself: makes the
 * lambdas of their cells serializable.
 *
 * <pre>{@code
 * jshell -R-javaagent:trestle-core-0.1.0-agent.jar --class-path ...    # jshell's own second JVM
 * java -javaagent:trestle-core-0.1.0-agent.jar -cp ... SomeKernel      # in a kernel.json
 * }</pre>
 */
public final class LambdaAgent {
  /** The package of all classes that JShell makes of snippets. */
  private static final String SNIPPETS = "REPL/";

  private LambdaAgent() {}

  /** Called by the JVM before the program starts. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Snippets());
  }

  private static final class Snippets implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        ClassLoader loader,
        String name,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      if (name == null || loader == null || !name.startsWith(SNIPPETS)) {
        return null;
      }
      try {
        return SerializableLambdas.rewrite(classFile, loader);
      } catch (IllegalArgumentException e) {
        // It refers to a class that cannot be found: it runs as it is, and only cannot be sent.
        return null;
      }
    }
  }
}
