package io.causeline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/**
 * The arrows between the modules, and the libraries that each may know. Maven's own dependencies
 * keep most of them; these rules keep those that a dependency that comes along by way of another
 * would let through.
 */
@AnalyzeClasses(packages = "io.causeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {

  private static final String[] KAFKA = {"org.apache.kafka..", "kafka..", "org.rocksdb.."};
  private static final String[] KUBERNETES = {"io.fabric8.."};
  private static final String[] HTTP = {
    "java.net.http..",
    "com.sun.net.httpserver..",
    "io.javalin..",
    "org.eclipse.jetty..",
    "okhttp3.."
  };

  @ArchTest
  static final ArchRule theModelKnowsJacksonOnly =
      classes()
          .that()
          .resideInAPackage("io.causeline.model..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.model..", "java..", "com.fasterxml.jackson..", "org.jspecify..");

  @ArchTest
  static final ArchRule theServiceModuleKnowsTheModelOnly =
      noClasses()
          .that()
          .resideInAPackage("io.causeline.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.collector..",
              "io.causeline.correlator..",
              "io.causeline.bridge..",
              "io.causeline.standalone..");

  @ArchTest
  static final ArchRule theCollectorKnowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.causeline.collector..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.correlator..", "io.causeline.bridge..", "io.causeline.standalone..");

  @ArchTest
  static final ArchRule theCorrelatorKnowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.causeline.correlator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.collector..", "io.causeline.bridge..", "io.causeline.standalone..");

  @ArchTest
  static final ArchRule theBridgeKnowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage("io.causeline.bridge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.collector..", "io.causeline.correlator..", "io.causeline.standalone..");

  @ArchTest
  static final ArchRule theCoreIsPure =
      noClasses()
          .that()
          .resideInAnyPackage("io.causeline.correlator.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              concat(
                  KAFKA,
                  KUBERNETES,
                  HTTP,
                  new String[] {
                    "io.causeline.service..",
                    "io.causeline.correlator.streams..",
                    "io.causeline.correlator.api..",
                    "java.nio.file..",
                    "java.net..",
                    "java.util.concurrent.locks.."
                  }));

  @ArchTest
  static final ArchRule theCoreHasNoClockOfItsOwn =
      noClasses()
          .that()
          .resideInAnyPackage("io.causeline.correlator.core..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.InstantSource.class);

  @ArchTest
  static final ArchRule knowledgeIsReadWithoutKafkaOrHttp =
      noClasses()
          .that()
          .resideInAnyPackage("io.causeline.correlator.knowledge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              concat(
                  KAFKA,
                  KUBERNETES,
                  HTTP,
                  new String[] {
                    "io.causeline.service..",
                    "io.causeline.correlator.core..",
                    "io.causeline.correlator.streams..",
                    "io.causeline.correlator.api.."
                  }));

  @ArchTest
  static final ArchRule streamsDoNotKnowTheApi =
      noClasses()
          .that()
          .resideInAnyPackage("io.causeline.correlator.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.causeline.correlator.api..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheServiceModuleKnowsSimpleclient =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.causeline.service..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..");

  @ArchTest
  static final ArchRule onlyCollectorAndLauncherKnowFabric8 =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.causeline.collector..", "io.causeline.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KUBERNETES);

  @ArchTest
  static final ArchRule normalisersArePure =
      noClasses()
          .that()
          .resideInAnyPackage("io.causeline.collector.normalise..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(concat(KAFKA, KUBERNETES, HTTP, new String[] {"java.io.."}));

  @ArchTest
  static final ArchRule packagesOfTheLauncherHaveNoCycles =
      slices().matching("io.causeline.standalone.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingStaticIsMutable = fields().that().areStatic().should().beFinal();

  private static String[] concat(String[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
