package dev.trestle;

/** The cases of {@link ServedTest}, on workers that are threads of this JVM. */
@WithWorkers.InProcess
class InProcessServedTest extends ServedTest {
  @Override
  boolean isInProcess() {
    return true;
  }
}
