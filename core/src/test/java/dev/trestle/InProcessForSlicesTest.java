package dev.trestle;

/** The cases of {@link ForSlicesTest}, on workers that are threads of this JVM. */
@WithWorkers.InProcess
class InProcessForSlicesTest extends ForSlicesTest {}
