package io.causeline.chaos.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A checker that shares code with what it checks shares its faults. */
@AnalyzeClasses(
    packages = "io.causeline.chaos",
    importOptions = ImportOption.DoNotIncludeTests.class)
class IndependenceTest {

  @ArchTest
  static final ArchRule theCheckerSharesNothingWithWhatItChecks =
      noClasses()
          .that()
          .resideInAPackage("io.causeline.chaos.check..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.causeline.model..",
              "io.causeline.service..",
              "io.causeline.collector..",
              "io.causeline.correlator..",
              "io.causeline.bridge..",
              "io.causeline.standalone..");

  @ArchTest
  static final ArchRule noPackagesNeedEachOther =
      slices().matching("io.causeline.chaos.(*)..").should().beFreeOfCycles();
}
