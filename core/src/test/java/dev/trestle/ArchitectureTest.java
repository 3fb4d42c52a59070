package dev.trestle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows between the rooms point one way. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.trestle");

  @Test
  void roomsKnowOnlyTheRoomsBehindThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("front door")
        .definedBy("dev.trestle")
        .layer("worker")
        .definedBy("dev.trestle.worker")
        .layer("closure")
        .definedBy("dev.trestle.closure")
        .layer("agent")
        .definedBy("dev.trestle.agent")
        .layer("ingest")
        .definedBy("dev.trestle.ingest")
        .layer("array")
        .definedBy("dev.trestle.array")
        .layer("column")
        .definedBy("dev.trestle.column")
        .layer("namespace")
        .definedBy("dev.trestle.namespace")
        .layer("memory")
        .definedBy("dev.trestle.memory")
        .layer("store")
        .definedBy("dev.trestle.store")
        .layer("start")
        .definedBy("dev.trestle.start")
        .layer("compression")
        .definedBy("dev.trestle.compression")
        .whereLayer("front door")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("worker")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("closure")
        .mayOnlyBeAccessedByLayers("front door", "worker")
        .whereLayer("agent")
        .mayOnlyBeAccessedByLayers("closure")
        .whereLayer("ingest")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("array")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("column")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("namespace")
        .mayOnlyBeAccessedByLayers("front door", "worker")
        .whereLayer("memory")
        .mayOnlyBeAccessedByLayers("front door", "store")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("front door", "namespace", "ingest", "column", "array")
        .whereLayer("start")
        .mayOnlyBeAccessedByLayers("worker")
        .whereLayer("compression")
        .mayOnlyBeAccessedByLayers("ingest", "store")
        .check(CLASSES);
  }

  @Test
  void nothingTouchesUnsafeOrOpensATcpPort() {
    classes()
        .that()
        .resideInAPackage("dev.trestle..")
        .should()
        .onlyDependOnClassesThat()
        .haveNameNotMatching("sun\\.misc\\.Unsafe|java\\.net\\.(ServerSocket|InetSocketAddress)")
        .check(CLASSES);
  }
}
